import { Type, type TObject } from '@sinclair/typebox';
import { ApiObject, Chart, Duration, type App } from 'cdk8s';
import { ConfigMap, Deployment, k8s, LabelSelector, Probe } from 'cdk8s-plus-27';
import {
  each,
  given,
  HelmChart,
  optional,
  plus,
  prefixed,
  present,
  releaseValues,
  when,
  withDefault,
  type HelmChartProps,
  type Release,
  type ValuesOf,
} from '../src';

/** Values of a web server. Every kind of reference occurs in them. */
export const values = Type.Object({
  ...releaseValues,
  replicas: Type.Integer({ default: 2, minimum: 1, maximum: 9, description: 'pods' }),
  image: Type.Object(
    {
      repository: Type.String({ default: 'nginx', description: 'repository' }),
      tag: Type.String({ default: '', description: "tag; empty selects the chart's appVersion" }),
      digest: Type.String({ default: '', description: 'digest, or empty' }),
    },
    { description: 'image' },
  ),
  greeting: Type.String({ default: 'hello', description: 'greeting on the page' }),
  ratio: Type.Number({ default: 0.25, minimum: 0, maximum: 1, description: 'ratio' }),
  bytes: Type.Integer({
    default: 5_000_000,
    minimum: 0,
    description: 'size in bytes, which %v prints as 5e+06',
  }),
  drainSeconds: Type.Integer({ default: 5, minimum: 0, maximum: 60, description: 'seconds to drain' }),
  readOnly: Type.Boolean({ default: true, description: 'make the configuration immutable' }),
  nodeSelector: Type.Record(Type.String(), Type.String(), { default: {}, description: 'node labels' }),
  podAnnotations: Type.Record(Type.String(), Type.String(), { default: {}, description: 'annotations' }),
  resources: Type.Unsafe<k8s.ResourceRequirements>({
    type: 'object',
    default: {},
    description: 'requests and limits',
  }),
  tolerations: Type.Array(Type.Unsafe<k8s.Toleration>({ type: 'object' }), {
    default: [],
    description: 'tolerated taints',
  }),
  ingress: Type.Object(
    {
      enabled: Type.Boolean({ default: false, description: 'create an Ingress' }),
      hosts: Type.Array(
        Type.Object({
          host: Type.String(),
          paths: Type.Array(Type.Object({ path: Type.String() })),
        }),
        { default: [], description: 'hosts and their paths' },
      ),
    },
    { description: 'Ingress' },
  ),
});

/** Strings that Helm would evaluate if they were copied into a template. */
const TEMPLATE_LIKE = {
  jinja: '{{ user.name }} and {{- trimmed -}} {{{triple}}} }} {{',
  multiline: 'a: {{ .Values.greeting }}\n  b: "{{" `x`\n\nend: 100%',
  indented: '  {{ leading }}\ttab',
};

/** A cdk8s chart that uses every function of the package. */
export class Web extends Chart {
  constructor(scope: App, v: ValuesOf<typeof values>, release: Release) {
    super(scope, 'web', { labels: release.labels, disableResourceNameHashes: true });
    const metadata = { name: release.fullname };
    const data = release.share('config', {
      GREETING: `<${v.greeting}> at 100% of ${v.ratio}`,
      BYTES: String(v.bytes),
      ...TEMPLATE_LIKE,
    });
    new ConfigMap(this, 'config', { metadata, data: data.content });

    const deployment = new Deployment(this, 'deployment', {
      metadata,
      replicas: v.replicas,
      podMetadata: {
        labels: release.podLabels,
        annotations: { 'checksum/config': data.sha256, ...v.podAnnotations },
      },
      select: false,
      terminationGracePeriod: Duration.seconds(plus(v.drainSeconds, 25)),
    });
    deployment.select(LabelSelector.of({ labels: release.selectorLabels }));
    deployment.addContainer({
      image: `${v.image.repository}:${withDefault(v.image.tag, release.appVersion)}${prefixed('@', v.image.digest)}`,
      portNumber: 80,
      readiness: Probe.fromHttpGet('/', { initialDelaySeconds: Duration.seconds(v.drainSeconds) }),
    });

    new k8s.KubePod(this, 'pod', {
      metadata: { ...metadata, annotations: v.podAnnotations },
      spec: {
        containers: [
          {
            name: 'one',
            ...present({ resources: v.resources }),
            env: [
              { name: 'ALWAYS', value: 'yes' },
              ...when(v.ingress.enabled, [{ name: 'SOMETIMES', value: `${v.ratio}` }]),
            ],
          },
        ],
        ...present({ nodeSelector: v.nodeSelector, tolerations: [...v.tolerations] }),
        ...when(v.ingress.enabled, { hostIpc: true, securityContext: { runAsUser: v.bytes } }),
        ...when(given(v.greeting), { hostname: v.greeting }),
      },
    });

    new ApiObject(this, 'flags', {
      apiVersion: 'example.org/v1',
      kind: 'Flags',
      metadata,
      spec: { readOnly: v.readOnly, empty: {}, none: [] },
    });

    optional(this, 'optional-ingress', v.ingress.enabled, (inner) => {
      new k8s.KubeIngress(inner, 'ingress', {
        metadata,
        spec: {
          rules: each(v.ingress.hosts, ({ host, paths }) => ({
            host,
            http: {
              paths: each(paths, ({ path }) => ({
                path,
                pathType: 'Prefix',
                backend: { service: { name: release.fullname, port: { number: 80 } } },
              })),
            },
          })),
        },
      });
    });
  }
}

/** The web server's Helm chart. */
export const example = new HelmChart({
  name: 'web',
  description: 'A web server',
  version: '0.1.0',
  appVersion: '1.25',
  values,
  make: (scope, v, release) => new Web(scope, v, release),
});

/** Returns a Helm chart with the given values and constructs. */
export function chartOf<S extends TObject>(schema: S, make: HelmChartProps<S>['make']): HelmChart<S> {
  return new HelmChart({
    name: 'x',
    description: 'x',
    version: '1.0.0',
    appVersion: '1',
    values: schema,
    make,
  });
}
