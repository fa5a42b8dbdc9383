import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../kit/dist';
import { inRounds } from './measure';
import { figure, page, topics } from './page';
import { atLeast, atMost, Figures, readResults, spreadOf, type Comparison, type Topic } from './results';

const start: Comparison = {
  id: 'start',
  title: 'Start',
  base: 'ours',
  rounds: 2,
  measures: { time: 'to the end, ms' },
  rows: [
    { name: 'ours', ours: true, values: { time: [10, 11, 12] } },
    { name: 'Flask', values: { time: [36, 38, 40] } },
    { name: 'slow', values: {}, absent: 'a run takes more than 30 s' },
  ],
};

const topic: Topic = {
  id: 'greeting',
  title: 'Greeting',
  method: 'From exec to exit.',
  measure: () => Promise.reject(new Error('not measured here')),
  aims: (figures) => [
    atMost(11, 'ms', 'ours', figures.median('start.time', 'ours')),
    atMost(0.1, '×', 'ours, relative to Flask', figures.ratio('start.time', 'ours', 'Flask')),
    atLeast(38, 'ms', 'Flask', figures.median('start.time', 'Flask')),
    atLeast(39, 'ms', 'Flask', figures.median('start.time', 'Flask'), 'It is fast.'),
  ],
};

test('docs/benchmarks.md shows docs/benchmarks.json, which has every topic', () => {
  const results = readResults();
  expect(Object.keys(results)).toEqual(topics.map(({ id }) => id));
  expect(readFileSync(path.join(ROOT, 'docs/benchmarks.md'), 'utf8')).toBe(page(results));
});

test('a comparison has 10 rounds, or its note says why it has fewer', () => {
  const all = Object.values(readResults()).flatMap((result) => result.comparisons);
  const short = all.filter(({ rounds, note = '' }) => rounds < 10 && note === '');
  expect(short).toEqual([]);
});

test.each([
  '| ours | at most 11 ms | 11 ms | yes |  |',
  '| ours, relative to Flask | at most 0.1 × | 0.289 × | **no** |  |',
  '| Flask | at least 38 ms | 38 ms | yes |  |',
  '| Flask | at least 39 ms | 38 ms | **no** | It is fast. |',
  '| 2 rounds | to the end, ms | ÷ ours |',
  '| **ours** | 11 (10–12) | 1 |',
  '| Flask | 38 (36–40) | 3.45 |',
  '| slow | a run takes more than 30 s |  |',
  'Measured on 2025-01-31: 2 cores of Z80, flask 3.1.0.',
])('the page shows: %s', (line) => {
  const greeting = { day: '2025-01-31', machine: '2 cores of Z80', versions: { flask: '3.1.0' } };
  expect(page({ greeting: { ...greeting, comparisons: [start] } }, [topic])).toContain(`${line}\n`);
});

test('spreadOf returns minimum, median and maximum, and rejects an empty list', () => {
  expect(spreadOf([30, 10, 20])).toEqual([10, 20, 30]);
  expect(spreadOf([40, 10, 20, 30])).toEqual([10, 25, 40]);
  expect(() => spreadOf([])).toThrow('an empty list has no median');
});

test('a missing contender or comparison is named with those that exist', () => {
  const figures = new Figures([start]);
  expect(() => figures.median('start.time', 'nobody')).toThrow(
    'no time of nobody in start; there are: ours, Flask, slow',
  );
  expect(() => figures.median('end.time', 'ours')).toThrow('no time of ours in end; there are: start');
});

test('figure keeps three significant digits', () => {
  const shown = [0.12345, 9.876, 98.76, 987.6, 12_345.6, 0].map(figure);
  expect(shown).toEqual(['0.123', '9.88', '98.8', '988', '12,346', '0']);
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
