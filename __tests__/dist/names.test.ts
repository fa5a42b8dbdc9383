import { objects } from '../support/dist';

const STEPS = [
  'online-inference-deployment-blue-green.yaml',
  'online-inference-deployment-rolling-update.yaml',
  'online-inference-pod-probes.yaml',
  'online-inference-pod-resources.yaml',
  'online-inference-pod.yaml',
  'online-inference-replicaset.yaml',
  'online-inference-service.yaml',
];

test('dist/ holds exactly the seven steps', () => {
  expect([...new Set(objects.map(({ file }) => file))].sort()).toEqual(STEPS);
});

test('each step is one object, named as its file; the bonus is five', () => {
  const kinds = (wanted: string) =>
    objects.filter(({ file }) => file === wanted).map(({ manifest }) => manifest.kind);
  expect(STEPS.map(kinds)).toEqual([
    ['Deployment'],
    ['Deployment'],
    ['Pod'],
    ['Pod'],
    ['Pod'],
    ['ReplicaSet'],
    ['ConfigMap', 'Deployment', 'Service', 'PodDisruptionBudget', 'NetworkPolicy'],
  ]);
  for (const { file, manifest } of objects) {
    const bonus = file === 'online-inference-service.yaml';
    expect(manifest.metadata.name).toBe(bonus ? 'online-inference' : file.replace('.yaml', ''));
  }
});

test('no two objects of a kind have one name, so that one apply makes them all', () => {
  const names = objects.map(({ manifest }) => `${manifest.kind} ${manifest.metadata.name}`);
  expect(new Set(names).size).toBe(names.length);
});

test.each(objects)('$manifest.kind in $file: no namespace, and no hash in its name', ({ manifest }) => {
  expect(manifest.metadata).not.toHaveProperty('namespace');
  expect(manifest.metadata.name).toMatch(/^[a-z]+(-[a-z]+)*$/);
  // cdk8s appends -c and eight hexadecimal digits
  expect(manifest.metadata.name).not.toMatch(/-c?[0-9a-f]{8}$/);
});

test.each(objects)('$manifest.kind in $file has the recommended labels, its pods too', ({ manifest }) => {
  const recommended = {
    'app.kubernetes.io/name': 'online-inference',
    'app.kubernetes.io/instance': manifest.metadata.name,
    'app.kubernetes.io/component': 'model-server',
    'app.kubernetes.io/managed-by': 'cdk8s',
  };
  expect(manifest.metadata.labels).toMatchObject(recommended);
  expect((manifest.spec?.template ?? manifest).metadata.labels).toMatchObject(recommended);
});
