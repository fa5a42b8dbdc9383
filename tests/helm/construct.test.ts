import { App, Testing } from 'cdk8s';
import { createHash } from 'node:crypto';
import { defaultsOf, type Release } from '@online-inference/cdk8s-helm';
import { example, TEMPLATE_LIKE, values, Web } from './example';
import { only, ownFolder, type Manifest } from './support';

jest.setTimeout(60_000);

const folder = ownFolder();
const files = example.render();
const chart = folder.chart('web', files);

const HOSTS = [
  { host: 'a.example', paths: [{ path: '/' }, { path: '/x' }] },
  { host: 'b.example', paths: [{ path: '/' }] },
];

function file(name: string): string {
  return files.get(`templates/${name}`) ?? '';
}

test('text that looks like a template reaches the cluster as it is', async () => {
  const { data } = only(await folder.manifests(chart), 'ConfigMap');
  expect(data).toMatchObject(TEMPLATE_LIKE);
});

test('a value that looks like a template, or holds quotes, reaches the cluster as it is', async () => {
  const greeting = '"{{ .Release.Name }}" \\ \'é\' %s\n- {{';
  const manifests = await folder.manifests(chart, { greeting, podAnnotations: { note: '{{ x }}' } });
  expect(only(manifests, 'ConfigMap')['data']).toMatchObject({ GREETING: `<${greeting}> at 100% of 0.25` });
  expect(only(manifests, 'Pod')).toMatchObject({
    metadata: { annotations: { note: '{{ x }}' } },
    spec: { hostname: greeting },
  });
});

test('a reference inside a longer text becomes a part of it', async () => {
  expect(file('deployment.yaml')).toContain(
    'image: {{ printf "%s:%s%s" .Values.image.repository (.Values.image.tag | default .Chart.AppVersion) (and ',
  );
  const images = (manifests: Manifest[]) => JSON.stringify(only(manifests, 'Deployment')['spec']);
  expect(images(await folder.manifests(chart))).toContain('"nginx:1.25"');
  expect(images(await folder.manifests(chart, { image: { tag: 'x' } }))).toContain('"nginx:x"');
  expect(images(await folder.manifests(chart, { image: { digest: 'y' } }))).toContain('"nginx:1.25@y"');
});

test('numbers stay numbers, and texts made of them stay texts, however large', async () => {
  const manifests = await folder.manifests(chart, { bytes: 12345678, ingress: { enabled: true } });
  expect(only(manifests, 'ConfigMap')['data']).toMatchObject({ BYTES: '12345678' });
  expect(only(manifests, 'Pod')['spec']).toMatchObject({
    securityContext: { runAsUser: 12345678 },
    containers: [{ env: [{}, { name: 'SOMETIMES', value: '0.25' }] }],
  });
});

test('what is calculated from a value is calculated by Helm', async () => {
  expect(file('deployment.yaml')).toContain(
    'terminationGracePeriodSeconds: {{ add .Values.drainSeconds 25 }}',
  );
  const { spec } = only(await folder.manifests(chart, { drainSeconds: 10 }), 'Deployment');
  expect(spec).toMatchObject({ template: { spec: { terminationGracePeriodSeconds: 35 } } });
});

test('whole maps and lists are written where they are wanted, and left out when empty', async () => {
  const empty = only(await folder.manifests(chart), 'Pod');
  const env = [{ name: 'ALWAYS', value: 'yes' }];
  expect(empty['spec']).toEqual({ containers: [{ name: 'one', env }], hostname: 'hello' });
  const given = {
    nodeSelector: { disk: 'ssd' },
    tolerations: [{ key: 'gpu', operator: 'Exists' }],
    resources: { limits: { memory: '1Gi' } },
  };
  const { resources, ...spec } = given;
  expect(only(await folder.manifests(chart, given), 'Pod')['spec']).toMatchObject({
    ...spec,
    containers: [{ resources }],
  });
});

test('a map of the user joins the entries that are there already', async () => {
  const { spec } = only(await folder.manifests(chart, { podAnnotations: { a: 'b' } }), 'Deployment');
  expect(spec).toMatchObject({
    template: {
      metadata: {
        annotations: { a: 'b', 'checksum/config': expect.stringMatching(/^[0-9a-f]{64}$/) as string },
      },
    },
  });
});

test('fields, items and objects that depend on a flag come and go with it', async () => {
  const off = await folder.manifests(chart);
  expect(off.map(({ kind }) => kind)).not.toContain('Ingress');
  expect(only(off, 'Pod')['spec']).not.toHaveProperty('hostIPC');
  const on = await folder.manifests(chart, { ingress: { enabled: true, hosts: HOSTS } });
  expect(only(on, 'Pod')['spec']).toHaveProperty('hostIPC', true);
  expect(only(on, 'Ingress')['spec']).toMatchObject({
    rules: [{ host: 'a.example', http: { paths: [{ path: '/' }, { path: '/x' }] } }, { host: 'b.example' }],
  });
});

test('no field is left with nothing, which Kubernetes would read as null', async () => {
  const hosts = [{ host: 'a.example', paths: [] }];
  const manifests = await folder.manifests(chart, { ingress: { enabled: true, hosts } });
  expect(only(manifests, 'Ingress')['spec']).toEqual({ rules: [{ host: 'a.example' }] });
});

test('the same chart without Helm says the same', async () => {
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
