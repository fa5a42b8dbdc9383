import { Type, type Static } from '@sinclair/typebox';
import { oneOf } from '../timeline/schema-parts';

const INT32 = 2 ** 31 - 1;
const Natural = Type.Integer({ minimum: 0, maximum: INT32, title: `a whole number from 0 to ${INT32}` });
const Positive = Type.Integer({ minimum: 1, maximum: INT32, title: `a whole number from 1 to ${INT32}` });
/** An int64 to Kubernetes. */
const Long = Type.Integer({ minimum: 0 });
const IntOrPercent = Type.Union([Natural, Type.String({ pattern: '^[0-9]+%$' })], {
  title: 'a whole number from 0 or a percentage such as "25%"',
});
const Quantity = Type.Union([Type.Number({ minimum: 0 }), Type.String()], { title: 'a quantity' });

/** A probe as a manifest gives it. How it asks does not matter here, only when. */
export const ProbeManifest = Type.Object({
  initialDelaySeconds: Type.Optional(Natural),
  periodSeconds: Type.Optional(Positive),
  timeoutSeconds: Type.Optional(Positive),
  successThreshold: Type.Optional(Positive),
  failureThreshold: Type.Optional(Positive),
  terminationGracePeriodSeconds: Type.Optional(Positive),
});

export const ContainerManifest = Type.Object({
  name: Type.String({ minLength: 1 }),
  image: Type.String({ minLength: 1 }),
  env: Type.Optional(
    Type.Array(Type.Object({ name: Type.String({ minLength: 1 }), value: Type.Optional(Type.String()) })),
  ),
  resources: Type.Optional(
    Type.Object({
      requests: Type.Optional(Type.Record(Type.String(), Quantity)),
      limits: Type.Optional(Type.Record(Type.String(), Quantity)),
    }),
  ),
  startupProbe: Type.Optional(ProbeManifest),
  readinessProbe: Type.Optional(ProbeManifest),
  livenessProbe: Type.Optional(ProbeManifest),
  lifecycle: Type.Optional(
    Type.Object({
      preStop: Type.Optional(
        Type.Object({
          sleep: Type.Optional(Type.Object({ seconds: Long })),
          exec: Type.Optional(Type.Object({ command: Type.Optional(Type.Array(Type.String())) })),
        }),
      ),
    }),
  ),
});
export type ContainerManifest = Static<typeof ContainerManifest>;

const InitContainerManifest = Type.Composite([
  ContainerManifest,
  Type.Object({ restartPolicy: Type.Optional(Type.Literal('Always')) }),
]);

export const PodSpecManifest = Type.Object({
  containers: Type.Array(ContainerManifest, { minItems: 1 }),
  initContainers: Type.Optional(Type.Array(InitContainerManifest)),
  overhead: Type.Optional(Type.Record(Type.String(), Quantity)),
  terminationGracePeriodSeconds: Type.Optional(Long),
  restartPolicy: Type.Optional(
    Type.Union([Type.Literal('Always'), Type.Literal('OnFailure'), Type.Literal('Never')]),
  ),
});
export type PodSpecManifest = Static<typeof PodSpecManifest>;

const Metadata = Type.Object({
  name: Type.Optional(Type.String()),
  generateName: Type.Optional(Type.String()),
  namespace: Type.Optional(Type.String()),
  labels: Type.Optional(Type.Record(Type.String(), Type.String())),
  annotations: Type.Optional(Type.Record(Type.String(), Type.String())),
});

export const TemplateManifest = Type.Object({ metadata: Type.Optional(Metadata), spec: PodSpecManifest });
export type TemplateManifest = Static<typeof TemplateManifest>;

const Labels = Type.Record(Type.String(), Type.String());
const Requirement = Type.Object({
  key: Type.String(),
  operator: oneOf('In', 'NotIn', 'Exists', 'DoesNotExist'),
  values: Type.Optional(Type.Array(Type.String())),
});
const Selector = Type.Object({
  matchLabels: Type.Optional(Labels),
  matchExpressions: Type.Optional(Type.Array(Requirement)),
});

/** The fields of a Deployment or ReplicaSet that a prediction reads; any others may stand beside them. */
export const ControllerManifest = Type.Object({
  apiVersion: Type.String(),
  kind: Type.String(),
  metadata: Metadata,
  spec: Type.Object({
    replicas: Type.Optional(Natural),
    selector: Type.Optional(Selector),
    minReadySeconds: Type.Optional(Natural),
    progressDeadlineSeconds: Type.Optional(Natural),
    paused: Type.Optional(Type.Boolean()),
    strategy: Type.Optional(
      Type.Object({
        type: Type.Optional(Type.Union([Type.Literal('RollingUpdate'), Type.Literal('Recreate')])),
        rollingUpdate: Type.Optional(
          Type.Object({
            maxSurge: Type.Optional(IntOrPercent),
            maxUnavailable: Type.Optional(IntOrPercent),
          }),
        ),
      }),
    ),
    template: TemplateManifest,
  }),
});
export type ControllerManifest = Static<typeof ControllerManifest>;

export const PodManifest = Type.Object({
  apiVersion: Type.String(),
  kind: Type.Literal('Pod'),
  metadata: Metadata,
  spec: PodSpecManifest,
});
export type PodManifest = Static<typeof PodManifest>;
