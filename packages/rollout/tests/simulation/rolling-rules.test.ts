import { scaleDownOldSets, scaleUpNewSet } from '../../src/simulation/rolling-rules';

describe('the new ReplicaSet is scaled up within replicas and surge', () => {
  // replicas, surge, size of the new ReplicaSet, size of all ReplicaSets, expected size of the new one
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
  ])('%i replicas, surge %i, %i new of %i pods: %i new pods', (replicas, surge, current, total, expected) => {
    expect(scaleUpNewSet({ replicas, surge, unavailable: 0 }, current, total)).toBe(expected);
  });
});

describe('the old ReplicaSets are scaled down', () => {
  const limits = { replicas: 10, surge: 0, unavailable: 2 };
  const set = (replicas: number, available = replicas) => ({ replicas, available });
  const to = (index: number, size: number) => ({ index, to: size });

  test('by maxUnavailable when all pods are available', () => {
    expect(scaleDownOldSets(limits, [set(10)], set(0))).toEqual([to(0, 8)]);
  });

  test('by less while new pods are unavailable', () => {
    expect(scaleDownOldSets(limits, [set(8)], set(2, 0))).toEqual([]);
    expect(scaleDownOldSets(limits, [set(8)], set(2, 1))).toEqual([to(0, 7)]);
  });

  test('by unhealthy pods first, without loss of available pods', () => {
    expect(scaleDownOldSets(limits, [set(10, 8)], set(0))).toEqual([to(0, 8)]);
    expect(scaleDownOldSets(limits, [set(10, 2)], set(0))).toEqual([to(0, 8)]);
    expect(scaleDownOldSets(limits, [set(3, 0), set(8)], set(0))).toEqual([to(0, 0)]);
  });

  test('by unhealthy and by available pods in one step', () => {
    expect(scaleDownOldSets(limits, [set(3, 1), set(8)], set(2))).toEqual([to(0, 1), to(0, 0), to(1, 6)]);
  });

  test('in order of creation', () => {
    expect(scaleDownOldSets(limits, [set(1), set(9)], set(2))).toEqual([to(0, 0), to(1, 6)]);
  });

  test('not at all when a status counts more available pods than replicas', () => {
    expect(scaleDownOldSets(limits, [set(5, 8)], set(7))).toEqual([]);
  });

  test('not at all when there is none', () => {
    expect(scaleDownOldSets(limits, [], set(10))).toEqual([]);
  });
});
