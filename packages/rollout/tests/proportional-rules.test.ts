import fc from 'fast-check';
import { proportionalSizes } from '../src/simulation/proportional-rules';

const sizes = (replicas: number, surge: number, sets: [replicas: number, max: number][]): number[] => {
  const scalings = proportionalSizes(
    { replicas, surge },
    sets.map(([size, max]) => ({ replicas: size, max })),
  );
  return sets.map((_, index) => scalings.find((scaling) => scaling.index === index)?.to ?? NaN);
};

test.each([
  [
    'up, in the middle: each keeps its share',
    12,
    0,
    [
      [5, 10],
      [5, 10],
    ],
    [6, 6],
  ],
  [
    'up: what is left over goes to the newer of two equals',
    11,
    0,
    [
      [5, 10],
      [5, 10],
    ],
    [5, 6],
  ],
  [
    'down: what is left over comes from the older of two equals',
    9,
    0,
    [
      [5, 10],
      [5, 10],
    ],
    [4, 5],
  ],
  [
    'the larger takes the larger share',
    20,
    0,
    [
      [8, 10],
      [2, 10],
    ],
    [16, 4],
  ],
  [
    'the surge grows with the replicas',
    20,
    4,
    [
      [10, 12],
      [2, 12],
    ],
    [20, 4],
  ],
  [
    'to zero: all go',
    0,
    2,
    [
      [5, 8],
      [3, 8],
    ],
    [0, 0],
  ],
  [
    'nothing to add leaves all as they are',
    6,
    2,
    [
      [5, 8],
      [3, 8],
    ],
    [5, 3],
  ],
] as const)('%s', (_title, replicas, surge, sets, expected) => {
  expect(
    sizes(
      replicas,
      surge,
      sets.map(([size, max]) => [size, max]),
    ),
  ).toEqual(expected);
});

test('whatever the sizes, the sum comes to replicas and surge, and none below 0', () => {
  const sets = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 2, maxLength: 5 });
  fc.assert(
    fc.property(
      sets,
      fc.integer({ min: 1, max: 90 }),
      fc.integer({ min: 0, max: 20 }),
      (list, replicas, surge) => {
        const total = list.reduce((sum, size) => sum + size, 0);
        const after = sizes(
          replicas,
          surge,
          list.map((size) => [size, total]),
        );
        expect(after.every((size) => size >= 0)).toBe(true);
        expect(after.reduce((sum, size) => sum + size, 0)).toBe(replicas + surge);
      },
    ),
    { numRuns: 200 },
  );
});
