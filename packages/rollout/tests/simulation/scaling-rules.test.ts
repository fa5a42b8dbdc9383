import fc from 'fast-check';
import { scaleDownOldSets, scaleUpNewSet } from '../../src/simulation/rolling-rules.ts';
import { scaleProportionally } from '../../src/simulation/proportional-rules.ts';

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

describe('a paused or resized rollout is scaled in proportion', () => {
  type Sets = readonly (readonly [replicas: number, max: number])[];

  const scale = (replicas: number, surge: number, sets: Sets): number[] => {
    const holders = sets.map(([size, max]) => ({ replicas: size, max }));
    const scalings = scaleProportionally({ replicas, surge }, holders);
    return sets.map((_, index) => scalings.find((scaling) => scaling.index === index)?.to ?? NaN);
  };

  // prettier-ignore
  const table: [string, number, number, Sets, number[]][] = [
  ['scaling up keeps the shares', 12, 0, [[5, 10], [5, 10]], [6, 6]],
  ['scaling up gives the rest to the newer of two equal ReplicaSets', 11, 0, [[5, 10], [5, 10]], [5, 6]],
  ['scaling down takes the rest from the older of two equal ReplicaSets', 9, 0, [[5, 10], [5, 10]], [4, 5]],
  ['the larger ReplicaSet has the larger share', 20, 0, [[8, 10], [2, 10]], [16, 4]],
  ['the surge grows with the replicas', 20, 4, [[10, 12], [2, 12]], [20, 4]],
  ['scaling to zero removes all pods', 0, 2, [[5, 8], [3, 8]], [0, 0]],
  ['without pods to add or remove all sizes stay', 6, 2, [[5, 8], [3, 8]], [5, 3]],
];

  test.each(table)('%s', (_title, replicas, surge, sets, expected) => {
    expect(scale(replicas, surge, sets)).toEqual(expected);
  });

  test('the sizes always sum up to replicas and surge, and none is negative', () => {
    const sets = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 2, maxLength: 5 });
    const replicas = fc.integer({ min: 1, max: 90 });
    const surge = fc.integer({ min: 0, max: 20 });
    fc.assert(
      fc.property(sets, replicas, surge, (list, desired, above) => {
        const total = list.reduce((sum, size) => sum + size, 0);
        const sizes = list.map((size) => [size, total] as const);
        const after = scale(desired, above, sizes);
        expect(after.every((size) => size >= 0)).toBe(true);
        expect(after.reduce((sum, size) => sum + size, 0)).toBe(desired + above);
      }),
      { numRuns: 100 },
    );
  });
});
