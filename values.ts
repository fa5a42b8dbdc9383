import type { ServiceType } from 'cdk8s-plus-27';
import { Type, type TObject, type TProperties, type TSchema } from '@sinclair/typebox';
import { releaseValues } from './constructs/helm';
import type * as k8s from './imports/k8s';
import { declarations, type Settings } from './settings';
import { INFERENCE_RESOURCES } from './constructs/inference-resources';
import { plainResources, type PlainResources } from './constructs/quantities';

const group = <P extends TProperties>(description: string, properties: P): TObject<P> =>
  Type.Object(properties, { description });

const flag = (description: string) => Type.Boolean({ default: false, description });

const whole = (options: { default: number; minimum: number; maximum: number; description: string }) =>
  Type.Integer(options);

const oneOf = <const T extends string>(options: readonly T[], rest: { default: T; description: string }) =>
  Type.Union(
    options.map((option) => Type.Literal(option)),
    rest,
  );

const strings = (description: string, propertyNames: object = {}) =>
  Type.Record(Type.String(), Type.String(), { default: {}, propertyNames, description });

const list = <T>(description: string) =>
  Type.Array(Type.Unsafe<T>({ type: 'object' }), { default: [], description });

const name = (description: string) =>
  Type.String({
    default: '',
    pattern: '^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?)?$',
    title: 'a name of Kubernetes, or empty',
    description,
  });

/** A number of pods, or a percentage of them. */
const pods = (options: { default: number | string; description: string }, empty = false) =>
  Type.Union(
    [
      Type.Integer({ minimum: 0, maximum: 100 }),
      Type.String({ pattern: empty ? '^(\\d{1,3}%)?$' : '^\\d{1,3}%$' }),
    ],
    { ...options, title: `a number from 0 to 100, or a percentage such as 25%${empty ? ', or empty' : ''}` },
  );

const quantity = {
  anyOf: [
    { type: 'string', pattern: '^\\d+(\\.\\d+)?(m|[kKMGTPE]i?)?$' },
    { type: 'number', minimum: 0 },
  ],
};

const quantities = { type: 'object', additionalProperties: quantity };

/** A declaration with the user's setting as its default. */
function set<S extends TSchema>(declaration: S, value: unknown): S {
  return { ...declaration, default: value };
}

/** Labels that the chart itself sets, and others must not. */
const RESERVED_LABELS = {
  not: { pattern: '^(app\\.kubernetes\\.io/(name|instance|component|managed-by)|helm\\.sh/chart)$' },
};

function declare(settings: Settings) {
  const { imageRepository, steadyTag, replicas, ...declared } = declarations.properties;
  return Type.Object({
    image: group('The image that the pods run', {
      repository: set(imageRepository, settings.imageRepository),
      tag: Type.String({
        default: '',
        pattern: `^(${steadyTag.pattern?.slice(1, -1) ?? ''})?$`,
        title: 'an image tag such as v1, or empty',
        description: "tag of the image; empty is the chart's appVersion",
      }),
      pullPolicy: oneOf(['IfNotPresent', 'Always', 'Never'], {
        default: 'IfNotPresent',
        description: 'when a node pulls the image',
      }),
    }),
    imagePullSecrets: list<k8s.LocalObjectReference>(
      'Secrets that the image is pulled with, each with a `name`',
    ),
    ...releaseValues,
    replicaCount: set(replicas, settings.replicas),
    config: group('What the service itself reads; a change rolls the pods', {
      logLevel: set(declared.logLevel, settings.logLevel),
      decisionThreshold: set(declared.decisionThreshold, settings.decisionThreshold),
      drainDelaySeconds: set(declared.drainDelaySeconds, settings.drainDelaySeconds),
    }),
    closeSeconds: whole({
      default: 24,
      minimum: 1,
      maximum: 3600,
      description: 'How long requests in flight have after the drain delay, until the process is killed',
    }),
    latestStartSeconds: set(declared.latestStartSeconds, settings.latestStartSeconds),
    strategy: group('What a rollout passes through', {
      type: oneOf(['rolling', 'blue-green', 'free'], {
        default: 'rolling',
        description:
          'rolling: old pods go while new ones come; blue-green: a moment with all old and all new pods ready; free: as `free` says, without a guarantee',
      }),
      maxSurge: pods({ default: 1, description: 'of rolling: pods that may exist beyond the replicas' }),
      maxUnavailable: pods({ default: 1, description: 'of rolling: replicas that may be missing' }),
      readySpreadSeconds: set(declared.readySpreadSeconds, settings.readySpreadSeconds),
      overlapSeconds: whole({
        default: 20,
        minimum: 1,
        maximum: 300,
        description: 'of blue-green: how long all old and all new pods stay ready together, at the least',
      }),
      minReadySeconds: whole({
        default: 0,
        minimum: 0,
        maximum: 3600,
        description: 'of rolling and free: how long a new pod must be ready to count as available',
      }),
      free: Type.Unsafe<k8s.DeploymentStrategy>({
        type: 'object',
        default: { type: 'RollingUpdate' },
        properties: { type: { enum: ['RollingUpdate', 'Recreate'] }, rollingUpdate: { type: 'object' } },
        required: ['type'],
        description: "of free: a Deployment's own `strategy`",
      }),
    }),
    progressDeadlineSeconds: whole({
      default: 600,
      minimum: 1,
      maximum: 86_400,
      description: 'How long a rollout may make no progress until it is reported as failed',
    }),
    resources: Type.Unsafe<PlainResources>({
      type: 'object',
      default: plainResources(INFERENCE_RESOURCES),
      additionalProperties: false,
      properties: { limits: quantities, requests: quantities },
      description: 'CPU and memory that a pod asks for, and may use',
    }),
    podSecurityContext: group('Who the process runs as; the rest passes Pod Security "restricted", always', {
      runAsUser: whole({
        default: 65_532,
        minimum: 1,
        maximum: 2_147_483_647,
        description: 'user, not root',
      }),
      runAsGroup: whole({ default: 65_532, minimum: 1, maximum: 2_147_483_647, description: 'group' }),
    }),
    service: group('How the pods are reached inside the cluster', {
      type: Type.Unsafe<ServiceType>(
        oneOf(['ClusterIP', 'NodePort', 'LoadBalancer'], {
          default: 'ClusterIP',
          description: 'kind of Service',
        }),
      ),
      port: whole({ default: 80, minimum: 1, maximum: 65_535, description: 'port of the Service' }),
      nodePort: whole({
        default: 0,
        minimum: 0,
        maximum: 65_535,
        description: 'port on every node, of NodePort and LoadBalancer; 0 lets the cluster choose',
      }),
      annotations: strings('annotations of the Service'),
    }),
    serviceAccount: group('The account that the pods run under; they get no token of it', {
      create: flag('whether the chart makes one'),
      name: name("its name; empty is the release's when it is made, and the namespace's default otherwise"),
      annotations: strings('annotations of the ServiceAccount'),
    }),
    autoscaling: group('A HorizontalPodAutoscaler, which then owns the number of pods', {
      enabled: flag('whether there is one'),
      minReplicas: whole({ default: 3, minimum: 1, maximum: 100, description: 'pods at the least' }),
      maxReplicas: whole({ default: 6, minimum: 1, maximum: 100, description: 'pods at the most' }),
      targetCPUUtilizationPercentage: whole({
        default: 80,
        minimum: 1,
        maximum: 1000,
        description: 'CPU in use, in percent of what is requested, that it aims at',
      }),
      targetMemoryUtilizationPercentage: whole({
        default: 0,
        minimum: 0,
        maximum: 1000,
        description: 'the same for memory; 0 leaves memory out',
      }),
    }),
    podDisruptionBudget: group('A PodDisruptionBudget for nodes that are drained', {
      enabled: flag('whether there is one'),
      minAvailable: pods({ default: '', description: 'pods that stay, in place of maxUnavailable' }, true),
      maxUnavailable: pods({ default: 1, description: 'pods that may go at once' }),
    }),
    networkPolicy: group('A NetworkPolicy that lets in requests to the service, and nothing out', {
      enabled: flag('whether there is one'),
      from: list<k8s.NetworkPolicyPeer>('peers that may ask the service; empty is any'),
      egress: list<k8s.NetworkPolicyEgressRule>('rules for what the pods may reach; empty is nothing'),
    }),
    topologySpread: group('Spreads the pods of each version over zones or nodes', {
      enabled: flag('whether it does'),
      topologyKey: Type.String({
        default: 'kubernetes.io/hostname',
        minLength: 1,
        maxLength: 317,
        description: 'label of nodes whose values are spread over',
      }),
      maxSkew: whole({
        default: 1,
        minimum: 1,
        maximum: 100,
        description: 'by how many pods values may differ',
      }),
      whenUnsatisfiable: oneOf(['ScheduleAnyway', 'DoNotSchedule'], {
        default: 'ScheduleAnyway',
        description: 'what to do with a pod for which there is no such node',
      }),
    }),
    ingress: group('An Ingress', {
      enabled: flag('whether there is one'),
      className: name("the IngressClass; empty is the cluster's default"),
      annotations: strings('annotations of the Ingress'),
      hosts: Type.Array(
        Type.Object({
          host: Type.String({ pattern: '^(\\*\\.)?[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$' }),
          paths: Type.Array(
            Type.Object({
              path: Type.String({ pattern: '^/' }),
              pathType: oneOf(['Prefix', 'Exact', 'ImplementationSpecific'], {
                default: 'Prefix',
                description: '',
              }),
            }),
            { minItems: 1 },
          ),
        }),
        {
          default: [{ host: 'online-inference.example', paths: [{ path: '/', pathType: 'Prefix' }] }],
          minItems: 1,
          description: 'hosts, each with its paths',
        },
      ),
      tls: list<k8s.IngressTls>('certificates, each with `hosts` and `secretName`'),
    }),
    httpRoute: group('An HTTPRoute of the Gateway API', {
      enabled: flag('whether there is one'),
      annotations: strings('annotations of the HTTPRoute'),
      parentRefs: Type.Array(Type.Unsafe<object>({ type: 'object', required: ['name'] }), {
        default: [{ name: 'gateway' }],
        minItems: 1,
        description: 'Gateways that it belongs to',
      }),
      hostnames: Type.Array(Type.String({ minLength: 1 }), {
        default: ['online-inference.example'],
        description: 'hosts that it answers for; empty is any',
      }),
    }),
    serviceMonitor: group('A ServiceMonitor of the Prometheus operator', {
      enabled: flag('whether there is one'),
      path: Type.String({
        default: '/metrics',
        pattern: '^/',
        title: 'a path',
        description: 'where the metrics are',
      }),
      interval: Type.String({
        default: '30s',
        pattern: '^([1-9]\\d*(ms|s|m|h))+$',
        title: 'a duration such as 30s',
        description: 'how often it asks',
      }),
      labels: strings('labels by which a Prometheus selects it', RESERVED_LABELS),
    }),
    annotations: strings('Annotations of the Deployment'),
    podLabels: strings('Labels of the pods, besides their own', RESERVED_LABELS),
    podAnnotations: strings('Annotations of the pods', { not: { const: 'checksum/config' } }),
    extraEnv: list<k8s.EnvVar>('Environment variables, which win over `config`'),
    extraVolumes: list<k8s.Volume>('Volumes of the pods'),
    extraVolumeMounts: list<k8s.VolumeMount>('Where the container sees them'),
    nodeSelector: strings('Labels of the nodes that the pods may run on'),
    tolerations: list<k8s.Toleration>('Taints of nodes that the pods bear'),
    affinity: Type.Unsafe<k8s.Affinity>({
      type: 'object',
      default: {},
      additionalProperties: false,
      properties: {
        nodeAffinity: { type: 'object' },
        podAffinity: { type: 'object' },
        podAntiAffinity: { type: 'object' },
      },
      description: 'Which nodes and neighbours the pods prefer',
    }),
    priorityClassName: name('The PriorityClass of the pods'),
  });
}

/** The schema of the values of the bonus chart. */
export type ChartValues = ReturnType<typeof declare>;

/**
 * What a user of the Helm chart may change. What the plain app has as a setting, too, is the same
 * declaration, with the setting's value as its default.
 */
export function chartValues(settings: Settings): ChartValues {
  return declare(settings);
}
