import { Type, type Static } from '@sinclair/typebox';
import { ApiObject, Chart, Duration, type App } from 'cdk8s';
import { ConfigMap, Deployment, LabelSelector, Probe } from 'cdk8s-plus-27';
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
  type Release,
  type ValuesOf,
} from '@online-inference/cdk8s-helm';
import * as k8s from '../../imports/k8s';

/** Values of a web server: of every kind that a reference can be. */
export const values = Type.Object({
  ...releaseValues,
  replicas: Type.Integer({ default: 2, minimum: 1, maximum: 9, description: 'pods' }),
  image: Type.Object(
    {
      repository: Type.String({ default: 'nginx', description: 'repository' }),
      tag: Type.String({ default: '', description: "tag, or the chart's version of the program" }),
      digest: Type.String({ default: '', description: 'digest, or none' }),
    },
    { description: 'what runs' },
  ),
  greeting: Type.String({ default: 'hello', description: 'what the page says' }),
  ratio: Type.Number({ default: 0.25, minimum: 0, maximum: 1, description: 'a share' }),
  bytes: Type.Integer({ default: 5_000_000, minimum: 0, description: 'a size that is too large for %v' }),
  drainSeconds: Type.Integer({ default: 5, minimum: 0, maximum: 60, description: 'how long to drain' }),
  readOnly: Type.Boolean({ default: true, description: 'whether the configuration is immutable' }),
  nodeSelector: Type.Record(Type.String(), Type.String(), { default: {}, description: 'labels of nodes' }),
  podAnnotations: Type.Record(Type.String(), Type.String(), { default: {}, description: 'annotations' }),
  resources: Type.Unsafe<k8s.ResourceRequirements>({
    type: 'object',
    default: {},
    description: 'requests and limits',
  }),
  tolerations: Type.Array(Type.Unsafe<k8s.Toleration>({ type: 'object' }), {
    default: [],
    description: 'taints that are borne',
  }),
  ingress: Type.Object(
    {
      enabled: Type.Boolean({ default: false, description: 'whether there is an Ingress' }),
      hosts: Type.Array(
        Type.Object({
          host: Type.String(),
          paths: Type.Array(Type.Object({ path: Type.String() })),
        }),
        { default: [], description: 'hosts and their paths' },
      ),
    },
    { description: 'the way in' },
  ),
});

/** Text that a careless chart would hand to Helm as a template. */
export const TEMPLATE_LIKE = {
  jinja: '{{ user.name }} and {{- trimmed -}} {{{triple}}} }} {{',
  multiline: 'a: {{ .Values.greeting }}\n  b: "{{" `x`\n\nend: 100%',
  indented: '  {{ leading }}\ttab',
};

/** A chart of someone else, which knows Helm by nothing but the functions that it calls. */
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

    optional(this, 'way-in', v.ingress.enabled, (inner) => {
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

export type Values = Static<typeof values>;

export const example = new HelmChart({
  name: 'web',
  description: 'a web server',
  version: '0.1.0',
  appVersion: '1.25',
  values,
  make: (scope, v, release) => new Web(scope, v, release),
});
