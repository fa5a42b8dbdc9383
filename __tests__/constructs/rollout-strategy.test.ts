import { Chart, Duration, Testing } from 'cdk8s';
import { PercentOrAbsolute } from 'cdk8s-plus-27';
import { InferenceContainer } from '../../constructs/inference-container';
import {
  GuaranteedDeployment,
  RolloutStrategy,
  type RollingOptions,
} from '../../constructs/rollout-strategy';
import type { Manifest } from '../support/manifest';
import { only } from '../support/synth';

const COUNTS = Array.from({ length: 50 }, (_, index) => index + 1);
const blueGreen = (seconds: number, overlap?: Duration) =>
  RolloutStrategy.blueGreen({ readySpread: Duration.seconds(seconds), ...(overlap && { overlap }) });

/** Returns the synthesized Deployment. Synthesis runs the validation of constructs. */
function synthesized(replicas: number, rollout: RolloutStrategy): Manifest {
  const chart = new Chart(Testing.app(), 'chart');
  const deployment = new GuaranteedDeployment(chart, 'web', { replicas, rollout });
  deployment.attachContainer(new InferenceContainer({ image: 'i:1' }));
  return only(Testing.synth(chart) as Manifest[], 'Deployment');
}

test('guarantees blue-green for 1 to 50 replicas', () => {
  expect(COUNTS.filter((replicas) => blueGreen(10).violations(replicas).length > 0)).toEqual([]);
  expect(COUNTS.filter((replicas) => blueGreen(0).violations(replicas).length > 0)).toEqual([]);
});

test('blue-green doubles the pods, and keeps all old pods until all new pods are ready', () => {
  const { spec } = synthesized(3, blueGreen(10));
  expect(spec?.strategy?.rollingUpdate).toEqual({ maxSurge: '100%', maxUnavailable: 0 });
  expect(spec?.minReadySeconds).toBeGreaterThan(10);
});

test('adds the overlap to minReadySeconds', () => {
  expect(synthesized(3, blueGreen(10, Duration.minutes(1))).spec?.minReadySeconds).toBe(70);
});

test('blue-green without an overlap fails synthesis, with the broken rule', () => {
  expect(() => synthesized(3, blueGreen(10, Duration.seconds(0)))).toThrow(
    "[chart/web] blue-green: minReadySeconds 10 must exceed the 10 s between the first and the last new pod's readiness",
  );
});

test('blue-green with 0 replicas fails synthesis', () => {
  expect(() => synthesized(0, blueGreen(10))).toThrow('blue-green: replicas is 0: ');
});

test('rolling with 1 replica fails synthesis, with the broken rule', () => {
  expect(() => synthesized(1, RolloutStrategy.rolling())).toThrow(
    'Validation failed with the following errors:\n  [chart/web] rolling: maxUnavailable 1 is 1 of 1 replicas: all old pods could go at once',
  );
});

const percent = (value: number) => PercentOrAbsolute.percent(value);
const absolute = (value: number) => PercentOrAbsolute.absolute(value);

const wrong: [string, number, RollingOptions, string][] = [
  ['no surge', 3, { maxSurge: absolute(0) }, 'maxSurge 0 is 0 of 3 replicas'],
  ['no surge in percent', 3, { maxSurge: percent(0) }, 'maxSurge 0% is 0 of 3 replicas'],
  ['none unavailable', 3, { maxUnavailable: absolute(0) }, 'maxUnavailable 0 is 0 of 3 replicas'],
  [
    'a percentage that rounds down to 0',
    3,
    { maxUnavailable: percent(25) },
    'maxUnavailable 25% is 0 of 3 replicas',
  ],
  ['all unavailable', 3, { maxUnavailable: percent(100) }, 'maxUnavailable 100% is 3 of 3 replicas'],
  ['more than all unavailable', 3, { maxUnavailable: absolute(4) }, 'maxUnavailable 4 is 4 of 3 replicas'],
];

test.each(wrong)('rolling with %s fails synthesis', (_, replicas, options, rule) => {
  expect(() => synthesized(replicas, RolloutStrategy.rolling(options))).toThrow(
    `[chart/web] rolling: ${rule}`,
  );
});

test('rolling has no violations exactly if 1 to N-1 pods may be unavailable', () => {
  for (const replicas of COUNTS) {
    for (const share of [1, 10, 25, 50, 99]) {
      const rollout = RolloutStrategy.rolling({ maxSurge: percent(share), maxUnavailable: percent(share) });
      const gone = Math.floor((share * replicas) / 100);
      expect(rollout.violations(replicas).length === 0).toBe(gone >= 1 && gone < replicas);
    }
  }
});

test('writes maxSurge and maxUnavailable to the Deployment', () => {
  const rollout = RolloutStrategy.rolling({ maxSurge: percent(34), maxUnavailable: absolute(2) });
  const { spec } = synthesized(6, rollout);
  expect(spec?.strategy?.rollingUpdate).toEqual({ maxSurge: '34%', maxUnavailable: 2 });
});
