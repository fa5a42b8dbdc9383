import { compare, describeComparison } from '../../src/index.ts';
import { pathOf } from '../../src/compare/measures.ts';
import { timeline } from '../timelines.ts';

const one = timeline(2, [2, 0], [1, [1, 0]], [1, 1], [0, [2, 1]], [0, 2]);
const other = timeline(2, [2, 0], [2, [1, 0]], [1, [1, 0]], [1, 1], [0, [2, 1]], [0, 2]);

test('a timeline agrees with itself', () => {
  const comparison = compare(one, one);
  expect(comparison.agree).toBe(true);
  expect(comparison.path.same).toBe(true);
  expect(describeComparison(comparison)[0]).toBe('The timelines agree.');
});

test('lists each difference with both numbers', () => {
  const comparison = compare(one, other, { toleranceSeconds: 0.5 });
  expect(comparison.agree).toBe(false);
  expect(comparison.extremes.filter(({ same }) => !same).map(({ name, a, b }) => [name, a, b])).toEqual([
    ['mostLivePods', 2, 3],
    ['mostPods', 2, 3],
  ]);
  expect(comparison.milestones.find(({ name }) => name === 'firstNewReady')).toEqual({
    name: 'firstNewReady',
    a: 2,
    b: 3,
    same: false,
  });
  expect(describeComparison(comparison).join('\n')).toContain('differ from step 2 (A has 3 steps, B has 4)');
});

test('times that differ by no more than the tolerance are the same', () => {
  expect(compare(one, other, { toleranceSeconds: 1 }).milestones.every(({ same }) => same)).toBe(true);
});

test('the path has live pods only, and leaves out short steps on request', () => {
  expect(pathOf(one)).toEqual([[2, 0], [1, 1], [0, 2]]); // prettier-ignore
  expect(pathOf(one, 1.5)).toEqual([[2, 0], [1, 1], [0, 2]]); // prettier-ignore
});

test('a race of a prediction agrees with either outcome', () => {
  const race = { situation: 'blue-green', held: 5, draws: 9, because: '' };
  const drawn = { ...one, prediction: { seed: 1, options: {}, verdicts: [race] } };
  expect(compare(drawn, one).situations.find(({ name }) => name === 'blue-green')).toEqual({
    name: 'blue-green',
    a: '5 of 9',
    b: 'no',
    same: true,
  });
});
