import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { App, Testing } from 'cdk8s';
import { parse as parseYaml } from 'yaml';
import { OnlineInferenceService } from '../../charts/online-inference-service';
import { plainService } from '../../charts/online-inference-service/plain';
import type { ServiceValues } from '../../charts/online-inference-service/parts/values';
import { onlineInference } from '../../charts/online-inference-service/helm-chart';
import { schemaViolations } from '../../__tests__/support/kubernetes-schema';
import { settings } from '../../__tests__/support/synth';
import { CHART, FILES, merged } from './dist-chart';
import { HELM, ownFolder, parse, type Manifest } from './support';

jest.setTimeout(60_000);

const folder = ownFolder();

/** Helm's recommended labels say who made an object, and of which chart. */
const ADDED = ['helm.sh/chart', 'app.kubernetes.io/version'];
const DIFFERS = 'app.kubernetes.io/managed-by';

/** Manifests by kind and name, without what Helm must say differently; that it says it is asserted. */
function comparable(manifests: readonly Manifest[], maker: string): Record<string, unknown> {
  const seen: string[] = [];
  const text = JSON.stringify(manifests, (key, value: unknown) => {
    if (key === DIFFERS) {
      seen.push(String(value));
    }
    return key === DIFFERS || ADDED.includes(key) ? undefined : value;
  });
  expect(new Set(seen)).toEqual(new Set([maker]));
  const stripped = JSON.parse(text) as Manifest[];
  return Object.fromEntries(stripped.map((one) => [`${one.kind} ${one.metadata.name}`, one]));
}

const OPTIONS = ['--name-template', 'online-inference', '--skip-tests'];

test('dist/helm is what a fresh synth writes: each file, and no other', () => {
  expect(Object.fromEntries(FILES)).toEqual(Object.fromEntries(onlineInference(settings)));
});

test('helm template says what the plain manifest says, but for three labels that Helm recommends', async () => {
  const rendered = await folder.manifests(CHART, {}, ...OPTIONS);
  const plain = parse(readFileSync(path.join(CHART, '../../online-inference-service.yaml'), 'utf8'));
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

test('both say the same of other settings, too', async () => {
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
  const chart = folder.chart('own', onlineInference(own));
  const plain = Testing.synth(new OnlineInferenceService(new App(), plainService(own))) as Manifest[];
  const rendered = await folder.manifests(chart, {}, ...OPTIONS);
  expect(comparable(rendered, 'Helm')).toEqual(comparable(plain, 'cdk8s'));
});

const features = [...FILES].filter(([file]) => file.startsWith('ci/'));

/** Kinds that a cluster has only with someone's definitions. */
const FOREIGN = ['HTTPRoute', 'ServiceMonitor'];

test('each feature has values for chart testers', () => {
  expect(features.map(([file]) => path.basename(file, '-values.yaml')).sort()).toEqual([
    'autoscaling',
    'blue-green',
    'dashboard',
    'disruption-budget',
    'extras',
    'free-strategy',
    'http-route',
    'ingress',
    'minimal',
    'network-policy',
    'node-port',
    'pinned-image',
    'rolling-percent',
    'service-account',
    'service-monitor',
    'spread',
  ]);
});

test.each(features)(
  '%s: Helm and plain cdk8s say the same, and Kubernetes 1.27 takes it',
  async (_, text) => {
    const values = parseYaml(text) as object;
    const own = merged(plainService(settings).values, values) as ServiceValues;
    const props = plainService(settings, own);
    const plain = Testing.synth(new OnlineInferenceService(new App(), props)) as Manifest[];
    const rendered = await folder.manifests(CHART, values, ...OPTIONS);
    expect(comparable(rendered, 'Helm')).toEqual(comparable(plain, 'cdk8s'));
    for (const manifest of rendered.filter(({ kind }) => !FOREIGN.includes(kind))) {
      expect(schemaViolations(manifest)).toEqual([]);
    }
  },
);

test('helm lint --strict has nothing against it', () => {
  const said = execFileSync(HELM, ['lint', '--strict', CHART], { encoding: 'utf8' });
  expect(said).toContain('0 chart(s) failed');
  expect(said).not.toMatch(/ERROR|WARN/);
});
