import { Type, type Static } from '@sinclair/typebox';

const Strings = Type.Record(Type.String(), Type.String());
const operators = ['In', 'NotIn', 'Exists', 'DoesNotExist'] as const;

/** A label selector as a manifest gives it. */
export const Selector = Type.Object({
  matchLabels: Type.Optional(Strings),
  matchExpressions: Type.Optional(
    Type.Array(
      Type.Object({
        key: Type.String(),
        operator: Type.Union(operators.map((operator) => Type.Literal(operator))),
        values: Type.Optional(Type.Array(Type.String())),
      }),
    ),
  ),
});

const PodAffinityTerm = Type.Object({
  topologyKey: Type.String(),
  labelSelector: Type.Optional(Selector),
  matchLabelKeys: Type.Optional(Type.Array(Type.String())),
  mismatchLabelKeys: Type.Optional(Type.Array(Type.String())),
  namespaces: Type.Optional(Type.Array(Type.String())),
  namespaceSelector: Type.Optional(Selector),
});
export type PodAffinityTerm = Static<typeof PodAffinityTerm>;

const PodAffinity = Type.Object({
  requiredDuringSchedulingIgnoredDuringExecution: Type.Optional(Type.Array(PodAffinityTerm)),
});

const TopologySpreadConstraint = Type.Object({
  maxSkew: Type.Integer({ minimum: 1 }),
  topologyKey: Type.String(),
  whenUnsatisfiable: Type.Union([Type.Literal('DoNotSchedule'), Type.Literal('ScheduleAnyway')]),
  labelSelector: Type.Optional(Selector),
  minDomains: Type.Optional(Type.Integer({ minimum: 1 })),
  matchLabelKeys: Type.Optional(Type.Array(Type.String())),
});
export type TopologySpreadConstraint = Static<typeof TopologySpreadConstraint>;

/** The ports of a container that the scheduler reads. */
export const ContainerPort = Type.Object({
  containerPort: Type.Optional(Type.Integer()),
  hostPort: Type.Optional(Type.Integer()),
  hostIP: Type.Optional(Type.String()),
  protocol: Type.Optional(Type.String()),
});

/** The fields of a pod's spec, beside its containers, that the scheduler and the kubelet wait for. */
export const placementFields = {
  affinity: Type.Optional(
    Type.Object({
      podAffinity: Type.Optional(PodAffinity),
      podAntiAffinity: Type.Optional(PodAffinity),
    }),
  ),
  topologySpreadConstraints: Type.Optional(Type.Array(TopologySpreadConstraint)),
  nodeName: Type.Optional(Type.String()),
  nodeSelector: Type.Optional(Strings),
  hostNetwork: Type.Optional(Type.Boolean()),
  volumes: Type.Optional(
    Type.Array(
      Type.Object({
        persistentVolumeClaim: Type.Optional(
          Type.Object({ claimName: Type.String(), readOnly: Type.Optional(Type.Boolean()) }),
        ),
      }),
    ),
  ),
  schedulingGates: Type.Optional(Type.Array(Type.Object({ name: Type.String() }))),
  readinessGates: Type.Optional(Type.Array(Type.Object({ conditionType: Type.String() }))),
};
