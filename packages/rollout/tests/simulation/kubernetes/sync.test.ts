import { deployment, sizesAfterSync, type SetFields } from './fleet.ts';

// The cases of https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/controller/deployment/sync_test.go `TestScale`

interface Case {
  readonly from: number;
  readonly to: number;
  readonly surge?: readonly [from: number, to: number];
  /** Sizes of the ReplicaSets in order of creation; the last one is the new one. */
  readonly sizes: readonly number[];
  readonly expected: readonly number[];
  readonly hasNew?: boolean;
  /** Other values of the annotation `desired-replicas`, by position. */
  readonly desired?: Readonly<Record<number, number>>;
  /** Other numbers of available pods, by position. */
  readonly available?: Readonly<Record<number, number>>;
}

test.each<[string, Case]>([
  ['a single ReplicaSet grows', { from: 10, to: 12, sizes: [10], expected: [12] }],
  ['a single ReplicaSet shrinks', { from: 10, to: 5, sizes: [10], expected: [5] }],
  ['in proportion, up', { from: 5, to: 10, sizes: [3, 2], expected: [6, 4] }],
  ['in proportion, down', { from: 5, to: 3, sizes: [3, 2], expected: [2, 1] }],
  ['the smaller one to none', { from: 9, to: 4, sizes: [1, 8], expected: [0, 4] }],
  ['three in proportion, up', { from: 7, to: 10, sizes: [2, 3, 2], expected: [3, 4, 3] }],
  ['three in proportion, down', { from: 13, to: 8, sizes: [3, 8, 2], expected: [2, 5, 1] }],
  ['the newest takes the pod left over', { from: 3, to: 4, sizes: [1, 1, 1], expected: [1, 1, 2] }],
  ['the oldest gives the pod left over', { from: 3, to: 2, sizes: [1, 1, 1], expected: [0, 1, 1] }],
  ['the latest first if none is new', { from: 4, to: 5, sizes: [2, 2], expected: [2, 3], hasNew: false }],
  ['all to zero', { from: 6, to: 0, sizes: [1, 2, 3], expected: [0, 0, 0] }],
  ['the new one from zero', { from: 6, to: 6, sizes: [0, 0, 0], expected: [0, 0, 6] }],
  [
    'the one whose update failed before',
    { from: 5, to: 5, sizes: [1, 1, 2], expected: [1, 2, 2], desired: { 1: 3 } },
  ],
  ['with surge pods', { from: 10, to: 20, surge: [2, 2], sizes: [6, 6], expected: [11, 11] }],
  ['with another surge', { from: 10, to: 50, surge: [3, 6], sizes: [8, 5], expected: [34, 22] }],
  ['with another template', { from: 10, to: 14, sizes: [3, 7], expected: [4, 10], hasNew: false }],
  [
    'not the old one of a new one that is broken',
    { from: 2, to: 2, surge: [1, 1], sizes: [1, 2], expected: [1, 2], available: { 1: 0 } },
  ],
])(
  'scales %s',
  (_title, { from, to, surge = [0, 0], sizes, expected, hasNew, desired = {}, available = {} }) => {
    const sets = sizes.map((replicas, index): SetFields => {
      const asked = desired[index] ?? from;
      return { replicas, available: available[index] ?? replicas, desired: asked, max: asked + surge[0] };
    });
    // A paused Deployment is only scaled.
    const spec = deployment({ replicas: to, maxSurge: surge[1], paused: true });
    expect(sizesAfterSync(spec, sets, hasNew)).toEqual(expected);
  },
);
