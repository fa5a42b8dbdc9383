import { Type, type Static } from '@sinclair/typebox';
import { Cluster, Gap, Load, Prediction, WorkloadEvent } from './observations';
import { Changes, Workload } from './workload';
import { Count, Seconds, closed, oneOf } from './schema-parts';

/** The `apiVersion` of every timeline of this version of the format. */
export const TIMELINE_API_VERSION = 'rollout.online-inference/v1';

/**
 * A version of the pod template: `old` is what ran before the first change, `new`
 * whatever a change has asked for since. A rollback asks for `old` again.
 */
export const Version = oneOf('old', 'new');
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
export const PodState = oneOf('pending', 'starting', 'ready', 'unready', 'crashed', 'terminating', 'gone');
export type PodState = Static<typeof PodState>;

/**
 * Pods of one version at one instant, as the controllers count them: terminating
 * pods are in `terminating` alone, and a pod is available when `minReadySeconds`
 * have passed since its Ready condition's `lastTransitionTime`, which the API server
 * keeps in whole seconds.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/api/v1/pod/util.go `IsPodAvailable`
 */
export const Counts = closed({ total: Count, ready: Count, available: Count, terminating: Count });
export type Counts = Static<typeof Counts>;

/** The counts from `at` until the next sample. */
export const Sample = closed({ at: Seconds, old: Counts, new: Counts });
export type Sample = Static<typeof Sample>;

/**
 * One pod's life: each state holds from its `at` until the next. A bare Pod whose
 * container is replaced in place has one lane for each version: the old one ends
 * with `gone` where the new one begins.
 */
export const Lane = closed({
  pod: Type.String(),
  version: Version,
  revision: Type.Optional(
    Type.Integer({
      minimum: 0,
      description:
        'which pod template: 0 is old, the others count up in the order in which changes asked for them',
    }),
  ),
  image: Type.String({ description: 'the image of its first container' }),
  node: Type.Optional(Type.String()),
  restarts: Count,
  states: Type.Array(closed({ at: Seconds, state: PodState }), { minItems: 1 }),
});
export type Lane = Static<typeof Lane>;

/**
 * Why a timeline ends: the workload has `settled` with all that it asks for, it has
 * `stalled` and will not go on by itself, time reached the `limit`, or a person
 * `interrupted` the recording.
 */
export const End = closed({
  at: Seconds,
  reason: oneOf('settled', 'stalled', 'limit', 'interrupted'),
  message: Type.Optional(Type.String()),
});
export type End = Static<typeof End>;

/** A change of one workload, predicted or recorded: the one type that everything else reads. */
export const Timeline = Type.Object(
  {
    apiVersion: Type.Literal(TIMELINE_API_VERSION),
    kind: Type.Literal('Timeline'),
    source: oneOf('predicted', 'recorded'),
    workload: Workload,
    changes: Changes,
    samples: Type.Array(Sample, { minItems: 1, description: 'in order of time, each unlike the one before' }),
    pods: Type.Array(Lane, { description: 'one lane a pod, in order of creation' }),
    end: End,
    gaps: Type.Optional(Type.Array(Gap)),
    events: Type.Optional(Type.Array(WorkloadEvent)),
    load: Type.Optional(Load),
    cluster: Type.Optional(Cluster),
    prediction: Type.Optional(Prediction),
  },
  {
    additionalProperties: false,
    $id: 'urn:online-inference:rollout:v1:timeline.schema.json',
    title: 'Timeline',
    description: 'Counts and lanes of the old and new pods of a Kubernetes workload around a change',
  },
);
export type Timeline = Static<typeof Timeline>;
