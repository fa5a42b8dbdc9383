import { App, Testing } from 'cdk8s';
import { createHash } from 'node:crypto';
import { defaultsOf, type Release } from '../../src';
import { HelmFolder, onlyManifest, type Manifest } from '../../src/testing';
import { example, TEMPLATE_LIKE, values, Web } from '../example';

jest.setTimeout(60_000);

const folder = new HelmFolder();
afterAll(() => {
  folder.remove();
});

const files = example.render();
const chart = folder.write('web', files);

const HOSTS = [
  { host: 'a.example', paths: [{ path: '/' }, { path: '/x' }] },
  { host: 'b.example', paths: [{ path: '/' }] },
];

function file(name: string): string {
  return files.get(`templates/${name}`) ?? '';
}

test('a string that looks like a template reaches the cluster unchanged', async () => {
  const { data } = onlyManifest(await folder.manifests(chart), 'ConfigMap');
  expect(data).toMatchObject(TEMPLATE_LIKE);
});

test('a value that looks like a template, or contains quotes, reaches the cluster unchanged', async () => {
  const greeting = '"{{ .Release.Name }}" \\ \'é\' %s\n- {{';
  const manifests = await folder.manifests(chart, { greeting, podAnnotations: { note: '{{ x }}' } });
  expect(onlyManifest(manifests, 'ConfigMap')['data']).toMatchObject({
    GREETING: `<${greeting}> at 100% of 0.25`,
  });
  expect(onlyManifest(manifests, 'Pod')).toMatchObject({
    metadata: { annotations: { note: '{{ x }}' } },
    spec: { hostname: greeting },
  });
});

test('a reference can be part of a longer string', async () => {
  expect(file('deployment.yaml')).toContain(
    'image: {{ printf "%s:%s%s" .Values.image.repository (.Values.image.tag | default .Chart.AppVersion) (and ',
  );
  const images = (manifests: Manifest[]) => JSON.stringify(onlyManifest(manifests, 'Deployment')['spec']);
  expect(images(await folder.manifests(chart))).toContain('"nginx:1.25"');
  expect(images(await folder.manifests(chart, { image: { tag: 'x' } }))).toContain('"nginx:x"');
  expect(images(await folder.manifests(chart, { image: { digest: 'y' } }))).toContain('"nginx:1.25@y"');
});

test('large numbers stay numbers, and strings made from them stay strings', async () => {
  const manifests = await folder.manifests(chart, { bytes: 12345678, ingress: { enabled: true } });
  expect(onlyManifest(manifests, 'ConfigMap')['data']).toMatchObject({ BYTES: '12345678' });
  expect(onlyManifest(manifests, 'Pod')['spec']).toMatchObject({
    securityContext: { runAsUser: 12345678 },
    containers: [{ env: [{}, { name: 'SOMETIMES', value: '0.25' }] }],
  });
});

test('Helm computes plus() of a reference', async () => {
  expect(file('deployment.yaml')).toContain(
    'terminationGracePeriodSeconds: {{ add .Values.drainSeconds 25 }}',
  );
  const { spec } = onlyManifest(await folder.manifests(chart, { drainSeconds: 10 }), 'Deployment');
  expect(spec).toMatchObject({ template: { spec: { terminationGracePeriodSeconds: 35 } } });
});

test('references to maps and lists are written in place, and omitted when empty', async () => {
  const empty = onlyManifest(await folder.manifests(chart), 'Pod');
  const env = [{ name: 'ALWAYS', value: 'yes' }];
  expect(empty['spec']).toEqual({ containers: [{ name: 'one', env }], hostname: 'hello' });
  const given = {
    nodeSelector: { disk: 'ssd' },
    tolerations: [{ key: 'gpu', operator: 'Exists' }],
    resources: { limits: { memory: '1Gi' } },
  };
  const { resources, ...spec } = given;
  expect(onlyManifest(await folder.manifests(chart, given), 'Pod')['spec']).toMatchObject({
    ...spec,
    containers: [{ resources }],
  });
});

test('a reference to a map can be spread among other entries', async () => {
  const { spec } = onlyManifest(await folder.manifests(chart, { podAnnotations: { a: 'b' } }), 'Deployment');
  expect(spec).toMatchObject({
    template: {
      metadata: {
        annotations: { a: 'b', 'checksum/config': expect.stringMatching(/^[0-9a-f]{64}$/) as string },
      },
    },
  });
});

test('fields, items and objects exist only if their flag is set', async () => {
  const off = await folder.manifests(chart);
  expect(off.map(({ kind }) => kind)).not.toContain('Ingress');
  expect(onlyManifest(off, 'Pod')['spec']).not.toHaveProperty('hostIPC');
  const on = await folder.manifests(chart, { ingress: { enabled: true, hosts: HOSTS } });
  expect(onlyManifest(on, 'Pod')['spec']).toHaveProperty('hostIPC', true);
  expect(onlyManifest(on, 'Ingress')['spec']).toMatchObject({
    rules: [{ host: 'a.example', http: { paths: [{ path: '/' }, { path: '/x' }] } }, { host: 'b.example' }],
  });
});

test('no field is written without a value, which Kubernetes would read as null', async () => {
  const hosts = [{ host: 'a.example', paths: [] }];
  const manifests = await folder.manifests(chart, { ingress: { enabled: true, hosts } });
  expect(onlyManifest(manifests, 'Ingress')['spec']).toEqual({ rules: [{ host: 'a.example' }] });
});

test('Helm renders the same objects as cdk8s without Helm', async () => {
  const labels = { 'app.kubernetes.io/name': 'web', 'app.kubernetes.io/instance': 'demo' };
  const plain: Release = {
    name: 'demo',
    fullname: 'demo-web',
    labels: {
      ...labels,
      'app.kubernetes.io/managed-by': 'Helm',
      'app.kubernetes.io/version': '1.25',
      'helm.sh/chart': 'web-0.1.0',
    },
    podLabels: { ...labels, 'app.kubernetes.io/managed-by': 'Helm' },
    selectorLabels: labels,
    appVersion: '1.25',
    share: (_, content) => {
      const sorted = JSON.stringify(
        Object.fromEntries(Object.entries(content).sort(([a], [b]) => (a < b ? -1 : 1))),
      );
      const html = sorted.replaceAll('<', '\\u003c').replaceAll('>', '\\u003e').replaceAll('&', '\\u0026');
      return { content, sha256: createHash('sha256').update(html).digest('hex') };
    },
  };
  const overrides = {
    nodeSelector: { a: 'b' },
    ingress: { enabled: true, hosts: HOSTS },
    tolerations: [{ key: 'x' }],
  };
  const objects = Testing.synth(
    new Web(new App(), { ...defaultsOf(values), ...overrides }, plain),
  ) as Manifest[];
  const rendered = await folder.manifests(chart, overrides);
  const sorted = (all: Manifest[]) => [...all].sort((a, b) => (a.kind < b.kind ? -1 : 1));
  expect(sorted(rendered)).toEqual(sorted(objects));
});
