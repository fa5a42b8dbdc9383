import { App, Testing } from 'cdk8s';
import { createHash } from 'node:crypto';
import { defaultsOf, type Release } from '../../src/index.ts';
import { HelmFolder, onlyManifest, type Manifest } from '../../src/testing.ts';
import { example, values, Web } from '../example.ts';

const folder = new HelmFolder();
afterAll(() => {
  folder.remove();
});

const chart = folder.write('web', example.render());

const labels = { 'app.kubernetes.io/name': 'web', 'app.kubernetes.io/instance': 'demo' };

/** The release without Helm. */
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

const image = { repository: 'nginx', tag: '', digest: '' };
const hosts = [
  { host: 'a.example', paths: [{ path: '/' }, { path: '/x' }] },
  { host: 'b.example', paths: [{ path: '/' }] },
];

test.each([
  ['strings that look like templates', {}],
  ['quotes, format strings and template actions', { greeting: '"{{ .Release.Name }}" \\ \'é\' %s\n- {{' }],
  ['an annotation that looks like a template', { podAnnotations: { note: '{{ x }}' } }],
  ['a reference in a longer string', { image: { ...image, tag: 'x', digest: 'y' } }],
  ['a large number as a string', { bytes: 12_345_678 }],
  ['arithmetic', { drainSeconds: 10 }],
  ['maps and lists', { nodeSelector: { a: 'b' }, tolerations: [{ key: 'x', operator: 'Exists' }] }],
  ['a map in a field of its own', { resources: { claims: [{ name: 'gpu' }] } }],
  ['fields, items and objects under a flag', { bytes: 12_345_678, ingress: { enabled: true, hosts } }],
])('Helm renders the same objects as cdk8s without Helm: %s', async (_, overrides) => {
  const web = new Web(new App(), { ...defaultsOf(values), ...overrides }, plain);
  const sorted = (all: Manifest[]) => [...all].sort((a, b) => (a.kind < b.kind ? -1 : 1));
  expect(sorted(await folder.manifests(chart, overrides))).toEqual(sorted(Testing.synth(web) as Manifest[]));
});

test('a value that is empty leaves no field, and a flag that is off no object', async () => {
  const manifests = await folder.manifests(chart);
  expect(manifests.map(({ kind }) => kind)).not.toContain('Ingress');
  const env = [{ name: 'ALWAYS', value: 'yes' }];
  expect(onlyManifest(manifests, 'Pod')['spec']).toEqual({
    containers: [{ name: 'one', env }],
    hostname: 'hello',
  });
  const ingress = { enabled: true, hosts: [{ host: 'a.example', paths: [] }] };
  expect(onlyManifest(await folder.manifests(chart, { ingress }), 'Ingress')['spec']).toEqual({
    rules: [{ host: 'a.example' }],
  });
});
