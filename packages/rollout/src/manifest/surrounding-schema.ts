import { Type, type Static } from '@sinclair/typebox';
import { Selector } from './placement-schema.ts';

const Amounts = Type.Record(Type.String(), Type.Union([Type.Number(), Type.String()]));

/** The fields of a ResourceQuota that decide whether a pod may be created. */
export const ResourceQuotaManifest = Type.Object({
  metadata: Type.Object({ name: Type.String() }),
  spec: Type.Object({
    hard: Type.Optional(Amounts),
    scopes: Type.Optional(Type.Array(Type.String())),
    scopeSelector: Type.Optional(Type.Unknown()),
  }),
});

/** One entry of a LimitRange. */
export const LimitRangeItem = Type.Object({
  type: Type.String(),
  max: Type.Optional(Amounts),
  min: Type.Optional(Amounts),
  default: Type.Optional(Amounts),
  defaultRequest: Type.Optional(Amounts),
  maxLimitRequestRatio: Type.Optional(Amounts),
});
export type LimitRangeItem = Static<typeof LimitRangeItem>;

/** A LimitRange. */
export const LimitRangeManifest = Type.Object({
  metadata: Type.Object({ name: Type.String() }),
  spec: Type.Object({ limits: Type.Array(LimitRangeItem) }),
});

/** The fields of a HorizontalPodAutoscaler that bound the replicas. */
export const AutoscalerManifest = Type.Object({
  metadata: Type.Object({ name: Type.String() }),
  spec: Type.Object({
    minReplicas: Type.Optional(Type.Integer({ minimum: 0 })),
    maxReplicas: Type.Integer({ minimum: 1 }),
    scaleTargetRef: Type.Object({ kind: Type.String(), name: Type.String() }),
  }),
});

const IntOrString = Type.Union([Type.Integer(), Type.String()]);

/** A PodDisruptionBudget. */
export const BudgetManifest = Type.Object({
  metadata: Type.Object({ name: Type.String() }),
  spec: Type.Object({
    minAvailable: Type.Optional(IntOrString),
    maxUnavailable: Type.Optional(IntOrString),
    selector: Type.Optional(Selector),
    unhealthyPodEvictionPolicy: Type.Optional(Type.String()),
  }),
});

/** The fields of a PersistentVolumeClaim that say which pods can mount it. */
export const ClaimManifest = Type.Object({
  metadata: Type.Object({ name: Type.String() }),
  spec: Type.Object({ accessModes: Type.Array(Type.String()) }),
});

/** The fields of a ConfigMap that containers read. */
export const ConfigMapManifest = Type.Object({
  metadata: Type.Object({ name: Type.String() }),
  data: Type.Optional(Type.Record(Type.String(), Type.String())),
});
