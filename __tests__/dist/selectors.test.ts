import { matches, objects, podIn, pods } from '../support/dist';
import type { Spec } from '../support/manifest';

const workloads = objects.flatMap(({ file, manifest }) => {
  const template = manifest.spec?.template;
  return template ? [{ file, template, selector: manifest.spec.selector?.matchLabels ?? {} }] : [];
});
const services = objects.filter(({ manifest }) => manifest.kind === 'Service');

test('there are four workloads that select pods', () => {
  expect(workloads.map(({ file }) => file)).toHaveLength(4);
});

test('no two selectors are the same, and each is by labels alone', () => {
  expect(new Set(workloads.map(({ selector }) => JSON.stringify(selector))).size).toBe(workloads.length);
  for (const { manifest } of objects) {
    expect(manifest.spec?.selector?.matchExpressions).toBeUndefined();
  }
});

test.each(workloads)('the selector of $file matches its own template', ({ selector, template }) => {
  expect(Object.keys(selector)).not.toHaveLength(0);
  expect(matches(selector, template.metadata.labels)).toBe(true);
});

test.each(workloads)("the selector of $file matches no other step's pods", ({ file, selector }) => {
  const others = pods.filter((pod) => pod.file !== file);
  expect(others).toHaveLength(pods.length - 1);
  expect(others.filter(({ pod }) => matches(selector, pod.metadata.labels))).toEqual([]);
});

test.each([
  ['Service', (spec?: Spec) => spec?.selector],
  ['PodDisruptionBudget', (spec?: Spec) => spec?.selector?.matchLabels],
  ['NetworkPolicy', (spec?: Spec) => spec?.podSelector?.matchLabels],
])('the selector of the %s matches exactly the pods of its own Deployment', (kind, selectorOf) => {
  const found = objects.filter(({ manifest }) => manifest.kind === kind);
  expect(found).toHaveLength(1);
  const selector = { ...selectorOf(found[0]?.manifest.spec) };
  expect(Object.keys(selector)).not.toHaveLength(0);
  expect(pods.filter(({ pod }) => matches(selector, pod.metadata.labels))).toEqual([
    expect.objectContaining({ file: 'online-inference-service.yaml' }),
  ]);
});

test('the Service leads to a port that its pods declare', () => {
  const declared = podIn('online-inference-service').spec.containers.flatMap(({ ports }) => ports);
  const targets = services.flatMap(({ manifest }) => manifest.spec?.ports ?? []);
  expect(targets).not.toHaveLength(0);
  for (const { targetPort } of targets) {
    expect(declared).toContainEqual(expect.objectContaining({ containerPort: targetPort }));
  }
});
