import fc from 'fast-check';
import { scaleProportionally } from '../../src/simulation/proportional-rules';

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
    { numRuns: 200 },
  );
});
