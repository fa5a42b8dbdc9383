import { momentOf } from './moments';
import { lane, timeline, ZERO } from './observed';

const phases = [
  {
    name: 'rollout 1',
    timeline: timeline(
      [
        [-1, 3, 0],
        [4, 2, 1],
      ],
      [lane('a', [-1, 'ready'], [4, 'terminating']), lane('b', [1, 'pending'], [3.5, 'ready'])],
    ),
  },
];
const at = (second: number): string => momentOf(ZERO + second * 1000, phases);

test('a moment is told by its phase, the pods of it then, and what had last happened', () => {
  expect(at(4.25)).toBe(
    'rollout 1, +4.25 s; old: 2 of 2 ready, new: 1 of 1 ready; 0.25 s since a was terminating',
  );
  expect(at(3.6)).toBe('rollout 1, +3.60 s; old: 3 of 3 ready; 0.10 s since b was ready');
});

test('a moment outside of every phase is told by what came next', () => {
  expect(at(-2)).toBe('before rollout 1');
  expect(at(21)).toBe('after all of it');
});
