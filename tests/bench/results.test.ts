import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../kit/dist';
import { inRounds } from './measure';
import { figure, page, topics } from './page';
import { isMet, medianOf, ratioOf, readResults, spreadOf, type Comparison, type Topic } from './results';

const comparisons: Comparison[] = [
  {
    id: 'start',
    title: 'Start',
    base: 'ours',
    rounds: 2,
    measures: [{ id: 'time', title: 'to the end', unit: 'ms' }],
    rows: [
      { name: 'ours', ours: true, values: { time: [10, 11, 12] } },
      { name: 'Flask', values: { time: [36, 38, 40] } },
      { name: 'slow', values: {}, absent: 'a run takes more than 30 s' },
    ],
  },
];

const topic: Topic = {
  id: 'greeting',
  title: 'Greeting',
  method: 'From exec to exit.',
  measure: () => Promise.reject(new Error('not measured here')),
  aims: (measured) =>
    [0.5, 0.1].map((limit) => ({
      what: 'ours, relative to Flask',
      unit: '×',
      limit,
      better: 'lower',
      measured: ratioOf(measured, 'start', 'time', ['ours', 'Flask']),
    })),
};

const greeting = {
  day: '2025-01-31',
  machine: '2 cores of Z80, Node.js 20.19.0',
  versions: { flask: '3.1.0' },
  comparisons,
};

test('docs/benchmarks.md shows docs/benchmarks.json, which has every topic', () => {
  const results = readResults();
  expect(Object.keys(results)).toEqual(topics.map(({ id }) => id));
  expect(readFileSync(path.join(ROOT, 'docs/benchmarks.md'), 'utf8')).toBe(page(results));
});

test('a comparison has 10 rounds, or its note says why it has fewer', () => {
  const all = Object.values(readResults()).flatMap((result) => result.comparisons);
  const short = all.filter(({ rounds, note = '', id }) => rounds < 10 && id !== 'size' && note === '');
  expect(short).toEqual([]);
});

test('the page judges each aim, and shows medians, ratios, absent contenders, machine and versions', () => {
  const text = page({ greeting }, [topic]);
  expect(text).toContain('| ours, relative to Flask | at most 0.5 × | 0.289 × | yes |  |');
  expect(text).toContain('| ours, relative to Flask | at most 0.1 × | 0.289 × | **no** |  |');
  expect(text).toContain('| 2 rounds | to the end, ms | ÷ ours |');
  expect(text).toContain('| **ours** | 11 (10–12) | 1 |');
  expect(text).toContain('| Flask | 38 (36–40) | 3.45 |');
  expect(text).toContain('| slow | a run takes more than 30 s |  |');
  expect(text).toContain('Measured on 2025-01-31: 2 cores of Z80, Node.js 20.19.0, flask 3.1.0.');
});

test('spreadOf returns minimum, median and maximum, and rejects an empty list', () => {
  expect(spreadOf([30, 10, 20])).toEqual([10, 20, 30]);
  expect(spreadOf([40, 10, 20, 30])).toEqual([10, 25, 40]);
  expect(() => spreadOf([])).toThrow('an empty list has no median');
});

test('a missing contender or comparison is named with those that exist', () => {
  expect(() => medianOf(comparisons, 'start', 'time', 'nobody')).toThrow(
    'no time of nobody in start; there are: ours, Flask, slow',
  );
  expect(() => medianOf(comparisons, 'end', 'time', 'ours')).toThrow(
    'no time of ours in end; there are: start',
  );
});

test.each([
  ['lower', 2, true],
  ['lower', 2.1, false],
  ['higher', 2, true],
  ['higher', 1.9, false],
] as const)('an aim of 2, where %s is better, with a median of %d is met: %s', (better, measured, met) => {
  expect(isMet({ what: 'a', unit: '×', limit: 2, better, measured })).toBe(met);
});

test.each([
  [0.12345, '0.123'],
  [9.876, '9.88'],
  [98.76, '98.8'],
  [987.6, '988'],
  [12_345.6, '12,346'],
  [0, '0'],
])('shows %d as %s', (value, shown) => {
  expect(figure(value)).toBe(shown);
});

test('inRounds runs each contender once per round, and another contender begins each round', async () => {
  jest.spyOn(console, 'error').mockReturnValue();
  const order: string[] = [];
  const contenders = ['a', 'b', 'c'].map((name) => ({
    name,
    measure: () => Promise.resolve({ time: order.push(name) }),
  }));
  const rows = await inRounds(contenders, 3);
  expect(order.join('')).toBe('abcbcacab');
  expect(rows[0]).toEqual({ name: 'a', values: { time: [1, 6, 8] } });
  jest.restoreAllMocks();
});
