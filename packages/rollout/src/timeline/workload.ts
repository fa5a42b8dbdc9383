import { Type, type Static } from '@sinclair/typebox';
import { Count, Seconds, closed, oneOf } from './schema-parts';

const IntOrPercent = Type.Union([Type.Integer({ minimum: 0 }), Type.String({ pattern: '^[0-9]+%$' })]);

/** What is changed, and the fields of its spec that decide how the change goes. */
export const Workload = closed({
  apiVersion: Type.String(),
  kind: oneOf('Deployment', 'ReplicaSet', 'Pod'),
  name: Type.String(),
  namespace: Type.Optional(Type.String()),
  replicas: closed({ before: Count, after: Count }, 'a Pod is 1 of 1'),
  minReadySeconds: Type.Optional(Count),
  strategy: Type.Optional(oneOf('RollingUpdate', 'Recreate')),
  maxSurge: Type.Optional(IntOrPercent),
  maxUnavailable: Type.Optional(IntOrPercent),
  progressDeadlineSeconds: Type.Optional(Count),
});
export type Workload = Static<typeof Workload>;

/** One change of the workload, in words and in its parts. */
export const Change = closed({
  at: Seconds,
  description: Type.String(),
  image: Type.Optional(Type.String({ description: '`image` or `container=image`' })),
  replicas: Type.Optional(Count),
  set: Type.Optional(Type.Array(closed({ path: Type.String(), value: Type.Unknown() }))),
});
export type Change = Static<typeof Change>;

/** In order of time, the first at 0; none where a recording only watched. */
export const Changes = Type.Array(Change);
