import { Type, type Static } from '@sinclair/typebox';
import { ClusterInfo, Gap, Load, Prediction, WorkloadEvent } from './observations.ts';
import { closed, count, oneOf, seconds, string } from './schema-parts.ts';
import { countsOfVersion } from './version-counts.ts';
import { Change, Workload } from './workload.ts';

export type { Counts } from './version-counts.ts';

/** The `apiVersion` of every timeline of this version of the format. */
export const TIMELINE_API_VERSION = 'rollout.online-inference/v2';

/** Rounds seconds to milliseconds, the precision of a timeline. */
export const toMillisecond = (seconds: number): number => Math.round(seconds * 1000) / 1000;

/** A version of the pod template: `old` ran before the first change, `new` is anything that a change asked for. */
export const Version = oneOf('Version of the pod template that the pod was made from.', {
  old: 'The template before the first change. A rollback asks for it again.',
  new: 'Any template that a change asked for.',
});
export type Version = Static<typeof Version>;

/** What a pod is doing. */
export const PodState = oneOf('What the pod is doing.', {
  pending: 'None of its containers has started.',
  starting: 'Its containers run, and it has never been ready.',
  ready: 'Its Ready condition is True.',
  unready: 'Its containers run, and it was ready before but is not now.',
  crashed: 'A container has exited and waits for its restart.',
  terminating: 'It is marked for deletion and still exists.',
  gone: 'It no longer exists.',
});
export type PodState = Static<typeof PodState>;

/** The number of pods of both versions, from `at` until the next sample. */
export const Sample = closed('The number of pods of both versions, from `at` until the next sample.', {
  at: seconds('When these counts begin'),
  old: countsOfVersion('old'),
  new: countsOfVersion('new'),
});
export type Sample = Static<typeof Sample>;

/** The life of one pod: each state lasts from its `at` until the next. */
export const Lane = closed(
  'The life of one pod. A bare Pod whose container is replaced in place has one lane for each version: the old lane ends with `gone` when the new one begins.',
  {
    pod: string('Name of the pod.'),
    version: Version,
    revision: Type.Optional(
      count(
        'Number of the pod template: 0 is old, the others count up in the order in which changes asked for them. Absent if unknown.',
      ),
    ),
    image: string('Image of the first container.'),
    node: Type.Optional(string('Node that the pod runs on. Absent if it was never scheduled.')),
    restarts: count('How often its containers were restarted.'),
    answers: Type.Optional(
      Type.Array(
        closed('A span in which a process of the pod listens and answers.', {
          from: seconds('When it begins to answer'),
          to: Type.Optional(seconds('When it hangs or has ended; absent if it still answers')),
        }),
        { description: 'When the pod answers requests, in order of time. Only a prediction knows it.' },
      ),
    ),
    states: Type.Array(
      closed('A state, which lasts until the next one.', {
        at: seconds('When the state begins'),
        state: PodState,
        reason: Type.Optional(
          string(
            'Why the pod is not further, such as Unschedulable, ContainerCreating or ImagePullBackOff. Absent if there is nothing to add.',
          ),
        ),
      }),
      { minItems: 1, description: 'States of the pod, in order of time.' },
    ),
  },
);
export type Lane = Static<typeof Lane>;

/** When and why a timeline ends. */
export const End = closed('When and why the timeline ends.', {
  at: seconds('When the timeline ends'),
  reason: oneOf('Why the timeline ends.', {
    settled: 'The workload has everything that its spec asks for.',
    stalled: 'The rollout cannot proceed by itself.',
    limit: 'The time limit was reached.',
    interrupted: 'The recording was interrupted.',
  }),
  message: Type.Optional(string('More about the reason. Absent if there is nothing to add.')),
});
export type End = Static<typeof End>;

/** What happens to a workload around a change, predicted or recorded. Everything else reads this type. */
export const Timeline = Type.Object(
  {
    apiVersion: Type.Literal(TIMELINE_API_VERSION, { description: 'Version of the timeline format.' }),
    kind: Type.Literal('Timeline', { description: 'Always Timeline.' }),
    source: oneOf('Where the timeline comes from.', {
      predicted: 'A simulation of the cluster.',
      recorded: 'A watch of a real cluster.',
    }),
    workload: Workload,
    changes: Type.Array(Change, {
      description: 'Changes in order of time, the first at 0. Empty if nothing changed during a recording.',
    }),
    samples: Type.Array(Sample, {
      minItems: 1,
      description: 'Counts of pods in order of time. Each sample differs from the one before.',
    }),
    pods: Type.Array(Lane, { description: 'One lane for each pod, in order of creation.' }),
    end: End,
    gaps: Type.Optional(
      Type.Array(Gap, {
        description:
          'Spans in which the recording may have missed something, in order of time. A prediction has none.',
      }),
    ),
    events: Type.Optional(
      Type.Array(WorkloadEvent, { description: 'Kubernetes events, in the order in which they were seen.' }),
    ),
    load: Type.Optional(Load),
    cluster: Type.Optional(ClusterInfo),
    prediction: Type.Optional(Prediction),
  },
  {
    additionalProperties: false,
    $id: 'urn:online-inference:rollout:v2:timeline.schema.json',
    title: 'Timeline',
    description: 'Pods of the old and the new version of a Kubernetes workload around a change.',
  },
);
export type Timeline = Static<typeof Timeline>;
