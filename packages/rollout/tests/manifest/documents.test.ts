import { InputError } from '../../src/index.ts';
import { readDocuments } from '../../src/manifest/read-manifest.ts';
import { controller } from '../manifests.ts';

const read = (source: string, origin = 'x.yaml', choice = {}) => readDocuments(source, origin, choice);
const web = JSON.stringify(controller());
const manifest = (apiVersion: string, kind: string, name = 'a'): string =>
  JSON.stringify({ apiVersion, kind, metadata: { name } });

test('gives the items of a typed list the kind that kubectl gives them', () => {
  const { metadata, spec } = controller();
  const list = {
    apiVersion: 'apps/v1',
    kind: 'DeploymentList',
    metadata: { resourceVersion: '' },
    items: [{ metadata, spec }],
  };
  expect(read(JSON.stringify(list)).workload).toEqual(controller());
});

test('returns the other documents of the file', () => {
  const quota = manifest('v1', 'ResourceQuota');
  expect(read(`${quota}\n${web}`).others).toEqual([JSON.parse(quota)]);
});

test('takes the later of two manifests of one object', () => {
  const later = controller({ replicas: 5 });
  expect(read(`${web}\n${JSON.stringify(later)}`).workload).toEqual(later);
});

const inNamespace = (namespace: string, kind = 'Deployment'): string =>
  JSON.stringify({ ...controller(), kind, metadata: { name: 'web', namespace } });
const two = [inNamespace('inner'), inNamespace('outer')].join('\n');

test.each([
  { name: 'outer/deployment/web' },
  { name: 'outer/deploy/web' },
  { name: 'outer/web' },
  { namespace: 'outer' },
  { name: 'web', namespace: 'outer' },
])('chooses by namespace: %j', (choice) => {
  expect(read(two, 'x', choice).workload).toMatchObject({ metadata: { namespace: 'outer' } });
});

test('chooses by name alone if one workload has it', () => {
  const other = JSON.stringify({ ...controller(), metadata: { name: 'db' } });
  expect(read(`${web}\n${other}`, 'x', { name: 'db' }).workload).toMatchObject({ metadata: { name: 'db' } });
});

test.each([
  [{ name: 'web' }, 'several workloads, choose one with --name: inner/Deployment/web, outer/Deployment/web'],
  [{ namespace: 'x' }, 'has no workload in namespace x, only inner/Deployment/web'],
  [{ name: 'deploy/x' }, 'has no deploy/x, only inner/Deployment/web'],
])('names the workloads if %j leaves not one', (choice, message) => {
  expect(() => read(two, 'x', choice)).toThrow(message);
});

test.each([
  [manifest('batch/v1', 'Job', 'db'), 'Job/db of batch/v1 (not predicted)'],
  [manifest('argoproj.io/v1alpha1', 'Rollout'), 'Rollout/a of argoproj.io/v1alpha1 (a custom resource'],
  [
    manifest('serving.kserve.io/v1beta1', 'InferenceService'),
    'what its controller does to pods is not known',
  ],
  [manifest('v1', 'Service'), 'x.yaml has no workload, only Service/a of v1'],
  ['replicas: 2', 'x.yaml is not a manifest: Object \'apiVersion\' is missing in {"replicas":2}'],
  ['apiVersion: v1\nkind: List\nitems: [5]', 'items[0] of List is 5'],
])('says why there is no workload in %s', (source, message) => {
  expect(() => read(source)).toThrow(message);
});

const render = 'render it first: helm template';
test.each([
  ['chart/templates/a.yaml', 'metadata:\n  name: {{ .Values.name }}', `${render} chart | rollout predict -`],
  ['a.yaml', '{{- if .Values.enabled }}\nkind: X\n{{- end }}', `a.yaml is a Helm template, ${render} CHART`],
  ['a.yaml', web.replace('web:v1', '{{ .Values.image }}'), `a.yaml is a Helm template, ${render} CHART`],
  ['chart/values.yaml', 'replicas: 2', `chart/values.yaml is a file of a Helm chart, ${render} chart`],
  ['a.yaml', 'name: {{ name }}\nx: {% raw %}', 'a.yaml is a template, render it first: it has {{ name }}'],
  [
    'base/kustomization.yaml',
    'resources: [a.yaml]',
    'render it first: kubectl kustomize base | rollout predict -',
  ],
])('says how to render %s', (origin, source, message) => {
  expect(() => read(source, origin)).toThrow(InputError);
  expect(() => read(source, origin)).toThrow(message);
});

test('takes braces in an annotation', () => {
  const annotated = { ...controller(), metadata: { name: 'web', annotations: { a: '{{ .Values.x }}' } } };
  expect(read(JSON.stringify(annotated)).workload).toEqual(annotated);
});
