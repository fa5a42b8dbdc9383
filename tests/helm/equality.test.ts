import { HELM, parseManifests, type Manifest } from '@online-inference/cdk8s-helm/testing';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { App, Testing } from 'cdk8s';
import { parse as parseYaml } from 'yaml';
import { OnlineInferenceService, plainService } from '../../charts/online-inference-service';
import { onlineInference } from '../../charts/online-inference-service/helm-chart';
import type { ServiceValues } from '../../charts/online-inference-service/values';
import { schemaViolations } from '../../__tests__/support/kubernetes-schema';
import { settings } from '../../__tests__/support/synth';
import { CHART, FILES, folder, LEAVES, merged } from './dist-chart';

/** Labels that Helm recommends, and that only the Helm chart sets. */
const ADDED = ['helm.sh/chart', 'app.kubernetes.io/version'];
const MANAGED_BY = 'app.kubernetes.io/managed-by';

/** Returns manifests by kind and name without the labels that must differ. Asserts the value of the label managed-by. */
function comparable(manifests: readonly Manifest[], manager: string): Record<string, unknown> {
  const managers: string[] = [];
  const text = JSON.stringify(manifests, (key, value: unknown) => {
    if (key === MANAGED_BY) {
      managers.push(String(value));
    }
    return key === MANAGED_BY || ADDED.includes(key) ? undefined : value;
  });
  expect(new Set(managers)).toEqual(new Set([manager]));
  const stripped = JSON.parse(text) as Manifest[];
  return Object.fromEntries(stripped.map((one) => [`${one.kind} ${one.metadata.name}`, one]));
}

const OPTIONS = ['--name-template', 'online-inference', '--skip-tests'];

test('dist/helm is up to date', () => {
  expect(Object.fromEntries(FILES)).toEqual(Object.fromEntries(onlineInference(settings)));
});

test('Helm renders the objects of dist/online-inference-service.yaml, except for three labels', async () => {
  const rendered = await folder.manifests(CHART, {}, ...OPTIONS);
  const plain = parseManifests(readFileSync(path.join(CHART, '../../online-inference-service.yaml'), 'utf8'));
  expect(comparable(rendered, 'Helm')).toEqual(comparable(plain, 'cdk8s'));
  for (const { metadata } of rendered) {
    expect(metadata.labels).toMatchObject({
      'helm.sh/chart': 'online-inference-1.0.0',
      'app.kubernetes.io/version': 'v1',
    });
  }
  for (const label of ADDED) {
    expect(JSON.stringify(plain)).not.toContain(label);
  }
});

test('Helm and cdk8s render the same objects with other settings', async () => {
  const own = {
    ...settings,
    imageRepository: 'registry.example:5000/you/it',
    steadyTag: '2.0',
    steadyDigest: `sha256:${'0a'.repeat(32)}`,
    replicas: 7,
    latestStartSeconds: 45,
    logLevel: 'debug' as const,
    decisionThreshold: 0.0625,
    drainDelaySeconds: 11,
  };
  const chart = folder.write('own', onlineInference(own));
  const plain = Testing.synth(new OnlineInferenceService(new App(), plainService(own))) as Manifest[];
  const rendered = await folder.manifests(chart, {}, ...OPTIONS);
  expect(comparable(rendered, 'Helm')).toEqual(comparable(plain, 'cdk8s'));
});

const features = [...FILES].filter(([file]) => file.startsWith('ci/'));

/** Kinds of custom resources, which the schema of Kubernetes does not contain. */
const CUSTOM = ['HTTPRoute', 'ServiceMonitor'];

test('the values files in ci/ change every switch', () => {
  const files = features.map(([, content]) => parseYaml(content) as unknown);
  const valueAt = (values: unknown, at: readonly string[]) =>
    at.reduce<unknown>((inner, key) => Reflect.get(Object(inner), key), values);
  const switches = LEAVES.filter(({ schema }) => schema.type === 'boolean');
  expect(switches).not.toHaveLength(0);
  for (const { path: at, schema } of switches) {
    const changed = files.filter((values) => valueAt(values, at) === !schema.default);
    expect([at, changed.length > 0]).toEqual([at, true]);
  }
});

test.each([
  ...features,
  [
    'blue-green with an autoscaler',
    'strategy: { type: blue-green, overlapSeconds: 8 }\nautoscaling: { enabled: true, minReplicas: 2 }',
  ],
  ['a longer drain', 'config: { drainDelaySeconds: 20 }\ncloseSeconds: 100'],
])(
  '%s: Helm and cdk8s render the same objects, which match the schema of Kubernetes 1.27',
  async (_, content) => {
    const values = parseYaml(content) as object;
    const own = merged(plainService(settings).values, values) as ServiceValues;
    const props = plainService(settings, own);
    const plain = Testing.synth(new OnlineInferenceService(new App(), props)) as Manifest[];
    const rendered = await folder.manifests(CHART, values, ...OPTIONS);
    expect(comparable(rendered, 'Helm')).toEqual(comparable(plain, 'cdk8s'));
    for (const manifest of rendered.filter(({ kind }) => !CUSTOM.includes(kind))) {
      expect(schemaViolations(manifest)).toEqual([]);
    }
  },
);

test('passes helm lint --strict', () => {
  const output = execFileSync(HELM, ['lint', '--strict', CHART], { encoding: 'utf8' });
  expect(output).toContain('0 chart(s) failed');
  expect(output).not.toMatch(/ERROR|WARN/);
});
