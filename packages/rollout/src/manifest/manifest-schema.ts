import { Type, type Static } from '@sinclair/typebox';
import { ContainerPort, placementFields, Selector } from './placement-schema.ts';

const INT32 = 2 ** 31 - 1;
const Natural = Type.Integer({ minimum: 0, maximum: INT32, title: `an integer from 0 to ${INT32}` });
const Positive = Type.Integer({ minimum: 1, maximum: INT32, title: `an integer from 1 to ${INT32}` });
/** An int64 in Kubernetes. */
const Long = Type.Integer({ minimum: 0, title: 'an integer from 0' });
const IntOrPercent = Type.Union([Natural, Type.String({ pattern: '^[0-9]+%$' })], {
  title: 'an integer from 0 or a percentage such as "25%"',
});
const Quantity = Type.Union([Type.Number({ minimum: 0 }), Type.String()], { title: 'a quantity' });

/** A probe as a manifest gives it. Its handler is not read: only the timing matters to a prediction. */
const ProbeManifest = Type.Object({
  initialDelaySeconds: Type.Optional(Natural),
  periodSeconds: Type.Optional(Positive),
  timeoutSeconds: Type.Optional(Positive),
  successThreshold: Type.Optional(Positive),
  failureThreshold: Type.Optional(Positive),
  terminationGracePeriodSeconds: Type.Optional(Positive),
});
/** A probe as a manifest gives it. */
export type ProbeManifest = Static<typeof ProbeManifest>;

const Hook = Type.Object({
  sleep: Type.Optional(Type.Object({ seconds: Long })),
  exec: Type.Optional(Type.Object({ command: Type.Optional(Type.Array(Type.String())) })),
  httpGet: Type.Optional(Type.Unknown()),
});

const EnvVar = Type.Object({
  name: Type.String({ minLength: 1 }),
  value: Type.Optional(Type.String()),
  valueFrom: Type.Optional(
    Type.Object({
      configMapKeyRef: Type.Optional(Type.Object({ name: Type.Optional(Type.String()), key: Type.String() })),
      secretKeyRef: Type.Optional(Type.Unknown()),
    }),
  ),
});

const EnvFromSource = Type.Object({
  prefix: Type.Optional(Type.String()),
  configMapRef: Type.Optional(Type.Object({ name: Type.Optional(Type.String()) })),
});

const ContainerManifest = Type.Object({
  name: Type.String({ minLength: 1 }),
  image: Type.String({ minLength: 1 }),
  env: Type.Optional(Type.Array(EnvVar)),
  envFrom: Type.Optional(Type.Array(EnvFromSource)),
  resources: Type.Optional(
    Type.Object({
      requests: Type.Optional(Type.Record(Type.String(), Quantity)),
      limits: Type.Optional(Type.Record(Type.String(), Quantity)),
    }),
  ),
  ports: Type.Optional(Type.Array(ContainerPort)),
  startupProbe: Type.Optional(ProbeManifest),
  readinessProbe: Type.Optional(ProbeManifest),
  livenessProbe: Type.Optional(ProbeManifest),
  lifecycle: Type.Optional(Type.Object({ preStop: Type.Optional(Hook), postStart: Type.Optional(Hook) })),
});
/** A container as a manifest gives it. */
export type ContainerManifest = Static<typeof ContainerManifest>;

const RestartPolicy = Type.Union([Type.Literal('Always'), Type.Literal('OnFailure'), Type.Literal('Never')]);

const InitContainerManifest = Type.Composite([
  ContainerManifest,
  Type.Object({ restartPolicy: Type.Optional(RestartPolicy) }),
]);

const PodSpecManifest = Type.Object({
  containers: Type.Array(ContainerManifest, { minItems: 1 }),
  initContainers: Type.Optional(Type.Array(InitContainerManifest)),
  ...placementFields,
  overhead: Type.Optional(Type.Record(Type.String(), Quantity)),
  terminationGracePeriodSeconds: Type.Optional(Type.Integer()),
  restartPolicy: Type.Optional(RestartPolicy),
});
/** The spec of a pod as a manifest gives it. */
export type PodSpecManifest = Static<typeof PodSpecManifest>;

const Labels = Type.Record(Type.String(), Type.String());
const Metadata = Type.Object({
  name: Type.Optional(Type.String()),
  generateName: Type.Optional(Type.String()),
  namespace: Type.Optional(Type.String()),
  labels: Type.Optional(Labels),
  annotations: Type.Optional(Labels),
});

const TemplateManifest = Type.Object({ metadata: Type.Optional(Metadata), spec: PodSpecManifest });
/** A pod template as a manifest gives it. */
export type TemplateManifest = Static<typeof TemplateManifest>;

/** The update strategy of a StatefulSet or DaemonSet as a manifest gives it. */
const UpdateStrategy = Type.Object({
  type: Type.Optional(Type.Union([Type.Literal('RollingUpdate'), Type.Literal('OnDelete')])),
  rollingUpdate: Type.Optional(
    Type.Object({
      partition: Type.Optional(Natural),
      maxSurge: Type.Optional(IntOrPercent),
      maxUnavailable: Type.Optional(IntOrPercent),
    }),
  ),
});
/** The fields of a controller of pods that a prediction reads. Other fields are allowed. */
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
    updateStrategy: Type.Optional(UpdateStrategy),
    podManagementPolicy: Type.Optional(Type.String()),
    ordinals: Type.Optional(Type.Object({ start: Type.Optional(Natural) })),
    template: TemplateManifest,
  }),
});
export type ControllerManifest = Static<typeof ControllerManifest>;

/** The fields of a Pod that a prediction reads. Other fields are allowed. */
export const PodManifest = Type.Object({
  apiVersion: Type.String(),
  kind: Type.Literal('Pod'),
  metadata: Metadata,
  spec: PodSpecManifest,
});
export type PodManifest = Static<typeof PodManifest>;
