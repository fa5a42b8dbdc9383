import { Type, type Static } from '@sinclair/typebox';
import { Count, Seconds, closed } from './schema-parts';

/** A span in which a recording may have missed something, such as a dropped watch. */
export const Gap = closed({ from: Seconds, to: Seconds, reason: Type.String() });
export type Gap = Static<typeof Gap>;

/** A Kubernetes event about the workload or one of its ReplicaSets and pods. */
export const WorkloadEvent = closed({
  at: Seconds,
  kind: Type.String(),
  name: Type.String(),
  type: Type.Optional(Type.String({ description: 'Normal or Warning' })),
  reason: Type.String(),
  message: Type.String(),
  count: Type.Optional(Count),
});
export type WorkloadEvent = Static<typeof WorkloadEvent>;

/** The steady requests that were sent while recording, and who answered them. */
export const Load = closed({
  url: Type.String(),
  ratePerSecond: Type.Number({ exclusiveMinimum: 0 }),
  sent: Count,
  answered: Count,
  failed: Count,
  seconds: Type.Array(
    closed({
      at: Seconds,
      answered: Type.Record(Type.String(), Count, {
        description: 'by the version that answered: `old`, `new`, or `unknown`',
      }),
      failed: Count,
    }),
    { description: 'one entry a second' },
  ),
  failures: Type.Array(closed({ at: Seconds, error: Type.String() })),
});
export type Load = Static<typeof Load>;

/** Where a recording was made. */
export const Cluster = closed({
  context: Type.Optional(Type.String()),
  changedAt: Type.Optional(
    Type.String({ description: "the wall clock's time of second 0, in ISO 8601 with milliseconds" }),
  ),
  serverVersion: Type.String(),
  nodes: Type.Array(
    closed({
      name: Type.String(),
      kubeletVersion: Type.Optional(Type.String()),
      pods: Type.Optional(Count),
      cpu: Type.Optional(Type.String()),
      memory: Type.Optional(Type.String()),
    }),
  ),
});
export type Cluster = Static<typeof Cluster>;

/** How a prediction was made: with the same manifest, change, seed and options it comes out the same. */
export const Prediction = closed({
  seed: Type.Integer(),
  options: Type.Record(Type.String(), Type.Union([Type.Number(), Type.String(), Type.Boolean()])),
});
export type Prediction = Static<typeof Prediction>;
