import { onlyManifest } from '@online-inference/cdk8s-helm/testing';
import { settings } from '../../__tests__/support/synth';
import { CHART, FILES, folder } from './dist-chart';

test.each([
  ['demo', {}, 'demo-online-inference'],
  ['online-inference', {}, 'online-inference'],
  ['my-online-inference-2', {}, 'my-online-inference-2'],
  ['demo', { nameOverride: 'hearts' }, 'demo-hearts'],
  ['demo', { fullnameOverride: 'true' }, 'true'],
  ['x'.repeat(53), {}, `${'x'.repeat(53)}-online-in`],
  ['demo', { fullnameOverride: 'y'.repeat(63) }, 'y'.repeat(63)],
])('the objects of release %s with values %j are named %s', async (release, values, fullname) => {
  const manifests = await folder.manifests(CHART, values, '--name-template', release);
  const [test, ...others] = manifests
    .map(({ metadata }) => metadata.name)
    .sort((a, b) => b.length - a.length);
  expect(test).toBe(`${fullname}-test`);
  expect(others).toEqual(Array(5).fill(fullname));
});

test.each(['123', '1e3', '0x10'])('labels are strings in a release named %s', async (release) => {
  const manifests = await folder.manifests(CHART, {}, '--name-template', release);
  for (const { metadata } of manifests) {
    expect(metadata.labels).toHaveProperty(['app.kubernetes.io/instance'], release);
  }
});

test('a new version of the chart alone does not change the pod template', async () => {
  const chart = (FILES.get('Chart.yaml') ?? '').replace('version: 1.0.0', 'version: 1.0.1');
  const next = folder.write('next', new Map([...FILES, ['Chart.yaml', chart]]));
  const [before, after] = await Promise.all(
    [CHART, next].map(async (path) => {
      const deployment = (await folder.manifests(path)).find(({ kind }) => kind === 'Deployment');
      return { labels: deployment?.metadata.labels, spec: deployment?.['spec'] };
    }),
  );
  expect(after?.labels).not.toEqual(before?.labels);
  expect(after?.spec).toEqual(before?.spec);
});

test('NOTES.txt contains the command for a first prediction', async () => {
  const include = '{{ include "online-inference/templates/NOTES.txt" . | toJson }}\n';
  const chart = folder.write(
    'notes',
    new Map([...FILES, ['templates/notes.yaml', `kind: Notes\ntext: ${include}`]]),
  );
  const digest = `sha256:${'0a'.repeat(32)}`;
  const image = { tag: 'v9', digest };
  const manifests = await folder.manifests(chart, { image }, '--namespace', 'hearts');
  const { text } = onlyManifest(manifests, 'Notes');
  expect(text).toContain(
    `demo-online-inference runs ${settings.imageRepository}:v9@${digest} in namespace hearts.`,
  );
  expect(text).toMatch(
    /^ {2}kubectl get --raw '\/api\/v1\/namespaces\/hearts\/services\/demo-online-inference:http\/proxy\/predict\?age=\d+&[^' ]+'$/m,
  );
});

test('rejects a cluster that is too old', async () => {
  expect(await folder.template(CHART, {}, '--kube-version', '1.26.0')).toEqual({
    error: expect.stringContaining('>=1.27.0-0') as string,
  });
  expect(await folder.template(CHART, {}, '--kube-version', '1.27.0-eks-1')).toHaveProperty('output');
});
