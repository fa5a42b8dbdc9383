import { isMet, ratioOf, spreadOf, valuesOf } from '../frame/spread';
import type { Aim, Comparison } from '../frame/topic';

const runs = (values: readonly number[]) => values.map((time) => ({ time }));
const comparison: Comparison = {
  id: 'x',
  title: 'X',
  base: 'ours',
  measures: [{ id: 'time', title: 'time', unit: 'ms', better: 'lower' }],
  rows: [
    { name: 'ours', ours: true, runs: runs([10, 20, 40]) },
    { name: 'peer', ours: false, runs: runs([20, 80, 40]) },
  ],
};

test('the median of an odd number of runs is the middle one, of an even number lies between two', () => {
  expect(spreadOf([30, 10, 20])).toEqual({ median: 20, min: 10, max: 30 });
  expect(spreadOf([40, 10, 20, 30])).toEqual({ median: 25, min: 10, max: 40 });
  expect(() => spreadOf([])).toThrow('no values have no median');
});

test('a ratio is of the runs of one round, whatever their order of size', () => {
  expect(ratioOf(comparison, 'time', 'peer', 'ours')).toEqual({ median: 2, min: 1, max: 4 });
});

test('a contender or measure that is not there is named', () => {
  expect(() => valuesOf(comparison, 'time', 'nobody')).toThrow('x has no contender nobody, but ours, peer');
  expect(() => valuesOf(comparison, 'memory', 'ours')).toThrow('ours was not measured by memory');
});

test.each([
  ['lower', 2, true],
  ['lower', 2.1, false],
  ['higher', 2, true],
  ['higher', 1.9, false],
] as const)('an aim of %s than 2 by a median of %d is met: %s', (better, median, met) => {
  const measured = { median, min: 0, max: 9 };
  const aim: Aim = { what: 'a', unit: '×', limit: 2, better, measured };
  expect(isMet(aim)).toBe(met);
});
