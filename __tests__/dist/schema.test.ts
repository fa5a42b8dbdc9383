import { schemaViolations } from '../support/kubernetes-schema';
import { objects } from '../support/dist';

const deployment = JSON.stringify(objects.find(({ manifest }) => manifest.kind === 'Deployment')?.manifest);
const CONTAINER = ['spec', 'template', 'spec', 'containers', '0'];

/** Returns the Deployment with one field set, or removed. */
function deploymentWith(path: readonly string[], value?: unknown): unknown {
  const manifest: unknown = JSON.parse(deployment);
  const parent = path.slice(0, -1).reduce((at, key) => Object(Reflect.get(Object(at), key)), manifest);
  Reflect.set(Object(parent), path.at(-1) ?? '', value);
  return JSON.parse(JSON.stringify(manifest));
}

test.each(objects)('$manifest.kind in $file matches the schema of Kubernetes 1.27', ({ manifest }) => {
  expect(schemaViolations(manifest)).toEqual([]);
});

const template = '/spec/template/spec/containers/0';

test.each([
  ['a misspelt field of a container', [...CONTAINER, 'imagePulPolicy'], 'Always', `${template}/imagePulPolicy: no such field`],
  [
    'a misspelt field deep in a probe',
    [...CONTAINER, 'livenessProbe', 'httpGet', 'prot'],
    8000,
    `${template}/livenessProbe/httpGet/prot: no such field`,
  ],
  ['a misspelt field at the top', ['sepc'], {}, '/sepc: no such field'],
  ['a string for an integer', ['spec', 'replicas'], '3', '/spec/replicas: must be integer'],
  ['a number beyond 32 bits', ['spec', 'replicas'], 2 ** 31, '/spec/replicas: must match format "int32"'],
  ['a container without a name', [...CONTAINER, 'name'], undefined, `${template}: must have required property 'name'`],
  ['a Deployment without a selector', ['spec', 'selector'], undefined, "/spec: must have required property 'selector'"],
] as const)('rejects %s', (_, path, value, violation) => {
  expect(schemaViolations(deploymentWith(path, value))).toEqual([violation]);
});

test.each(['128MiB', '1,5', 'much', '0.5 Gi', ''])('rejects the quantity %j', (quantity) => {
  const [first] = schemaViolations(deploymentWith([...CONTAINER, 'resources', 'limits', 'memory'], quantity));
  expect(first).toMatch(`${template}/resources/limits/memory: must match pattern`);
});

test.each(['128Mi', '0.5', '500m', '1e3', '2G', 1])('accepts the quantity %j', (quantity) => {
  expect(schemaViolations(deploymentWith([...CONTAINER, 'resources', 'limits', 'memory'], quantity))).toEqual([]);
});

test.each([
  [1, true],
  ['25%', true],
  [true, false],
  [1.5, false],
])('maxSurge may be %j: %p', (surge, isValid) => {
  const manifest = deploymentWith(['spec', 'strategy', 'rollingUpdate', 'maxSurge'], surge);
  expect(schemaViolations(manifest).length === 0).toBe(isValid);
});

test.each([
  [{ apiVersion: 'apps/v1', kind: 'Deploymint' }, 'no kind Deploymint of apiVersion apps/v1'],
  [{ apiVersion: 'extensions/v1beta1', kind: 'Deployment' }, 'no kind Deployment of apiVersion extensions/v1beta1'],
  [null, 'no kind undefined of apiVersion undefined'],
  ['a: b', 'no kind undefined of apiVersion undefined'],
])('rejects %j, a kind that Kubernetes 1.27 does not have', (manifest, reason) => {
  expect(schemaViolations(manifest)).toEqual([`/: Kubernetes 1.27 has ${reason}`]);
});
