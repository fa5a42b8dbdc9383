import { grownNewSet, shrunkOldSets } from '../src/simulation/rolling-rules';

describe('the new ReplicaSet grows by what replicas and surge leave', () => {
  // [replicas, surge, size of the new set, size of all sets] and the new set's size then
  test.each([
    [10, 0, 0, 10, 0],
    [10, 2, 0, 10, 2],
    [10, 0, 0, 5, 5],
    [10, 2, 0, 8, 4],
    [10, 2, 10, 20, 10],
    [10, 2, 9, 10, 10],
    [10, 100, 0, 10, 10],
    [1, 1, 0, 1, 1],
    [0, 1, 0, 0, 0],
  ])('%i replicas, surge %i, new %i of %i pods: %i', (replicas, surge, current, total, expected) => {
    expect(grownNewSet({ replicas, surge, unavailable: 0 }, current, total)).toBe(expected);
  });
});

describe('old ReplicaSets shrink by what can be spared', () => {
  const wanted = { replicas: 10, surge: 0, unavailable: 2 };
  const set = (replicas: number, available = replicas) => ({ replicas, available });
  const to = (index: number, size: number) => ({ index, to: size });

  test('all available: by maxUnavailable', () => {
    expect(shrunkOldSets(wanted, [set(10)], set(0))).toEqual([to(0, 8)]);
  });

  test('new pods that are not available yet hold the old ones back', () => {
    expect(shrunkOldSets(wanted, [set(8)], set(2, 0))).toEqual([]);
    expect(shrunkOldSets(wanted, [set(8)], set(2, 1))).toEqual([to(0, 7)]);
  });

  test('unhealthy pods go first, and count against nothing', () => {
    expect(shrunkOldSets(wanted, [set(10, 8)], set(0))).toEqual([to(0, 8)]);
    expect(shrunkOldSets(wanted, [set(10, 2)], set(0))).toEqual([to(0, 8)]);
    expect(shrunkOldSets(wanted, [set(3, 0), set(8)], set(0))).toEqual([to(0, 0)]);
  });

  test('clean-up and scale-down come in one step', () => {
    expect(shrunkOldSets(wanted, [set(3, 1), set(8)], set(2))).toEqual([to(0, 1), to(0, 0), to(1, 6)]);
  });

  test('the oldest set shrinks first, and the next by the rest', () => {
    expect(shrunkOldSets(wanted, [set(1), set(9)], set(2))).toEqual([to(0, 0), to(1, 6)]);
  });

  test('a status that lags behind a size fails the clean-up, and the whole step', () => {
    expect(shrunkOldSets(wanted, [set(5, 8)], set(7))).toEqual([]);
  });

  test('nothing old, nothing to do', () => {
    expect(shrunkOldSets(wanted, [], set(10))).toEqual([]);
  });
});
