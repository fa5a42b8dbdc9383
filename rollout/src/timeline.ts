import { Type, type Static } from '@sinclair/typebox';

/** A version of the pod template: what ran before the change, and what the change asks for. */
export const Version = Type.Union([Type.Literal('old'), Type.Literal('new')]);
export type Version = Static<typeof Version>;

/**
 * What a pod is doing.
 *
 * - `pending`: no container of it runs yet
 * - `starting`: its containers run, it has never been ready
 * - `ready`: its Ready condition is True
 * - `unready`: it has been ready and now is not, its containers run
 * - `crashed`: a container has ended and waits for its restart
 * - `terminating`: it is marked for deletion and has not gone
 * - `gone`: it does not exist any more
 */
export const PodState = Type.Union(
  (['pending', 'starting', 'ready', 'unready', 'crashed', 'terminating', 'gone'] as const).map((state) =>
    Type.Literal(state),
  ),
);
export type PodState = 'pending' | 'starting' | 'ready' | 'unready' | 'crashed' | 'terminating' | 'gone';

const Seconds = Type.Number({ description: 'seconds since the change; negative before it' });
const Count = Type.Integer({ minimum: 0 });

/** Pods of one version at one instant. Terminating pods are in `terminating` alone, as the controllers count them. */
export const Counts = Type.Object(
  { total: Count, ready: Count, available: Count, terminating: Count },
  { additionalProperties: false },
);
export type Counts = Static<typeof Counts>;

/** The counts from `at` until the next sample. */
export const Sample = Type.Object({ at: Seconds, old: Counts, new: Counts }, { additionalProperties: false });
export type Sample = Static<typeof Sample>;

/** One pod's life: each state holds from its `at` until the next. */
export const Lane = Type.Object(
  {
    pod: Type.String(),
    version: Version,
    image: Type.String({ description: 'the image of its first container' }),
    restarts: Count,
    states: Type.Array(Type.Object({ at: Seconds, state: PodState }, { additionalProperties: false }), {
      minItems: 1,
    }),
  },
  { additionalProperties: false },
);
export type Lane = Static<typeof Lane>;
