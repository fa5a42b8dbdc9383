import { SERVICE_NAME } from '../../constructs/image';
import { objects, matches, pods } from '../support/dist';
import { podOf, type Manifest } from '../support/manifest';

test.each(objects)('$manifest.kind in $file is named after its file, or after the service', (object) => {
  const id = object.file.replace('.yaml', '');
  const bonus = id === 'online-inference-service';
  expect(object.manifest.metadata.name).toBe(bonus ? SERVICE_NAME : id);
});

test('no two objects of a kind have the same name, so that one apply creates all', () => {
  const names = objects.map(({ manifest }) => `${manifest.kind} ${manifest.metadata.name}`);
  expect(new Set(names).size).toBe(names.length);
});

test.each(objects)('$manifest.kind in $file has no namespace, and no hash in its name', ({ manifest }) => {
  expect(manifest.metadata).not.toHaveProperty('namespace');
  expect(manifest.metadata.name).toMatch(/^[a-z]+(-[a-z]+)*$/);
  // cdk8s appends -c and eight hexadecimal digits
  expect(manifest.metadata.name).not.toMatch(/-c?[0-9a-f]{8}$/);
});

test.each(objects)('$manifest.kind in $file and its pods have the recommended labels', ({ manifest }) => {
  const recommended = {
    'app.kubernetes.io/name': SERVICE_NAME,
    'app.kubernetes.io/instance': manifest.metadata.name,
    'app.kubernetes.io/component': 'model-server',
    'app.kubernetes.io/managed-by': 'cdk8s',
  };
  expect(manifest.metadata.labels).toMatchObject(recommended);
  expect((podOf(manifest) ?? manifest).metadata.labels).toMatchObject(recommended);
});

const workloads = objects.flatMap(({ file, manifest: { spec } }) => {
  const selector = spec?.selector?.matchLabels;
  return spec?.template && selector ? [{ file, template: spec.template, selector }] : [];
});

test('no two workloads have the same selector, and none uses matchExpressions', () => {
  expect(workloads).not.toHaveLength(0);
  expect(new Set(workloads.map(({ selector }) => JSON.stringify(selector))).size).toBe(workloads.length);
  for (const { manifest } of objects) {
    expect(manifest.spec?.selector?.matchExpressions).toBeUndefined();
  }
});

test.each(workloads)('the selector of $file matches its own template', ({ selector, template }) => {
  expect(Object.keys(selector)).not.toHaveLength(0);
  expect(matches(selector, template.metadata.labels)).toBe(true);
});

test.each(workloads)('the selector of $file matches no pods of other steps', ({ file, selector }) => {
  const others = pods.filter((pod) => pod.file !== file);
  expect(others).toHaveLength(pods.length - 1);
  expect(others.filter(({ pod }) => matches(selector, pod.metadata.labels))).toEqual([]);
});

/** Returns the selector of an object that selects the pods of a workload. */
function podSelectorOf({ kind, spec }: Manifest): Readonly<Record<string, unknown>> | undefined {
  switch (kind) {
    case 'Service':
      return spec?.selector;
    case 'PodDisruptionBudget':
      return spec?.selector?.matchLabels;
    case 'NetworkPolicy':
      return spec?.podSelector?.matchLabels;
    default:
      return undefined;
  }
}

const selecting = objects.flatMap(({ file, manifest }) => {
  const selector = podSelectorOf(manifest);
  return selector ? [{ file, manifest, selector }] : [];
});

test('the bonus has a Service, a PodDisruptionBudget and a NetworkPolicy', () => {
  const ofBonus = selecting.filter(({ file }) => file === 'online-inference-service.yaml');
  expect(ofBonus.map(({ manifest }) => manifest.kind)).toEqual([
    'Service',
    'PodDisruptionBudget',
    'NetworkPolicy',
  ]);
});

test.each(selecting)(
  'the $manifest.kind in $file selects exactly the pods of that file',
  ({ file, selector }) => {
    expect(Object.keys(selector)).not.toHaveLength(0);
    expect(pods.filter(({ pod }) => matches(selector, pod.metadata.labels))).toEqual(
      pods.filter((pod) => pod.file === file),
    );
  },
);

test.each(selecting.filter(({ manifest }) => manifest.kind === 'Service'))(
  'the ports of the Service in $file are ports of its pods',
  ({ file, manifest }) => {
    const ofFile = pods.filter((pod) => pod.file === file);
    const declared = ofFile
      .flatMap(({ pod }) => pod.spec.containers.flatMap(({ ports = [] }) => ports))
      .map(({ containerPort }) => containerPort);
    expect(manifest.spec?.ports).not.toHaveLength(0);
    for (const { targetPort } of manifest.spec?.ports ?? []) {
      expect(declared).toContain(targetPort);
    }
  },
);
