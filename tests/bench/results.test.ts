import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../kit/dist';
import { inRounds } from './measure';
import { page, topics } from './page';
import { readResults, spreadOf } from './results';

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

test('spreadOf returns minimum, median and maximum', () => {
  expect(spreadOf([30, 10, 20])).toEqual([10, 20, 30]);
  expect(spreadOf([40, 10, 20, 30])).toEqual([10, 25, 40]);
});

test('inRounds runs each contender once per round, and another contender begins each round', async () => {
  jest.spyOn(console, 'error').mockReturnValue();
  let order = '';
  const contenders = ['a', 'b', 'c'].map((name) => ({
    name,
    measure: () => Promise.resolve({ time: (order += name).length }),
  }));
  const [first] = await inRounds(contenders);
  expect(order).toBe(`${'abcbcacab'.repeat(3)}abc`);
  expect(first?.values['time']?.[0]).toBe(1);
  jest.restoreAllMocks();
});
