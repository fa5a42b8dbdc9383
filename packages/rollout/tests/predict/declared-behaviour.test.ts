import { InputError, predictOnce, type Manifest, type Timeline } from '../../src/index.ts';
import { controller } from '../manifests.ts';

const declare = (annotations: Record<string, string>): Manifest => {
  const manifest = controller({ replicas: 1, maxSurge: 1, maxUnavailable: 0 });
  const spec = manifest['spec'] as { template: { metadata: object } };
  const metadata = { ...spec.template.metadata, annotations };
  return { ...manifest, spec: { ...spec, template: { ...spec.template, metadata } } };
};

/** Returns how long the old pod is terminating. */
function drainOf({ pods }: Timeline): number {
  const states = pods.find(({ version }) => version === 'old')?.states ?? [];
  const at = (wanted: string): number => states.find(({ state }) => state === wanted)?.at ?? NaN;
  return at('gone') - at('terminating');
}

const image = 'web:v2';
const DRAIN = 'rollout.online-inference/drain';

test('an annotation of the pod template declares how the image behaves', () => {
  expect(drainOf(predictOnce(declare({ [DRAIN]: '6' }), { image }))).toBeGreaterThan(6);
  expect(drainOf(predictOnce(declare({}), { image }))).toBeLessThan(6);
});

test('an option takes precedence over the annotation', () => {
  const drawn = predictOnce(declare({ [DRAIN]: '6' }), { image, behaviour: { drain: 12 } });
  expect(drainOf(drawn)).toBeGreaterThan(12);
});

test('a change can set the annotation of the new version', () => {
  const drawn = predictOnce(declare({ [DRAIN]: '6' }), {
    image,
    set: [`spec.template.metadata.annotations["rollout.online-inference/start-delay"]="25"`],
  });
  expect(drawn.pods.at(-1)?.answers?.[0]?.from).toBeGreaterThan(25);
});

test.each([
  ['rollout.online-inference/drains', '6', 'is not known, expected rollout.online-inference/boot'],
  [DRAIN, '6s', 'expected seconds such as "25" or "0.5"'],
  [DRAIN, '-1', 'expected seconds'],
])('refuses %s: %j', (key, value, message) => {
  expect(() => predictOnce(declare({ [key]: value }), { image })).toThrow(InputError);
  expect(() => predictOnce(declare({ [key]: value }), { image })).toThrow(message);
});

describe('ConfigMaps of the file', () => {
  const file = (environment: string, data = 'DRAIN_DELAY_SECONDS: "6"'): string => `
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {${data}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  strategy: {rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "web:v1", ${environment}}]}
`;
  const all = 'envFrom: [{configMapRef: {name: settings}}]';

  test.each([
    ['all keys', file(all), true],
    [
      'all keys with a prefix',
      file('envFrom: [{prefix: DRAIN_, configMapRef: {name: settings}}]', 'DELAY_SECONDS: "6"'),
      true,
    ],
    [
      'one key',
      file(
        'env: [{name: DRAIN_DELAY_SECONDS, valueFrom: {configMapKeyRef: {name: settings, key: drain}}}]',
        'drain: "6"',
      ),
      true,
    ],
    ['a variable of the same name', file(`${all}, env: [{name: DRAIN_DELAY_SECONDS, value: "1"}]`), false],
    ['another ConfigMap', file('envFrom: [{configMapRef: {name: other, optional: true}}]'), false],
  ])('give the environment: %s', (_, yaml, drains) => {
    expect(drainOf(predictOnce(yaml, { image })) > 6).toBe(drains);
  });
});
