import { Chart, Duration, Testing } from 'cdk8s';
import { PercentOrAbsolute } from 'cdk8s-plus-27';
import { GuaranteedDeployment } from '../../constructs/guaranteed-deployment';
import { InferenceContainer } from '../../constructs/inference-container';
import { RolloutStrategy, type RollingOptions } from '../../constructs/rollout-strategy';
import type { Manifest } from '../support/manifest';
import { only } from '../support/synth';

const COUNTS = Array.from({ length: 50 }, (_, index) => index + 1);
const blueGreen = (seconds: number, overlap?: Duration) =>
  RolloutStrategy.blueGreen({ readySpread: Duration.seconds(seconds), ...(overlap && { overlap }) });

/** The Deployment as synthesized; constructs' own validation runs on the way. */
function synthesized(replicas: number, rollout: RolloutStrategy): Manifest {
  const chart = new Chart(Testing.app(), 'chart');
  const deployment = new GuaranteedDeployment(chart, 'web', { replicas, rollout });
  deployment.attachContainer(new InferenceContainer({ image: 'i:1' }));
  return only(Testing.synth(chart) as Manifest[], 'Deployment');
}

test('blue-green is guaranteed for 1 to 50 replicas, and none is kept from it', () => {
  expect(COUNTS.filter((replicas) => blueGreen(10).violations(replicas).length > 0)).toEqual([]);
  expect(COUNTS.filter((replicas) => blueGreen(0).violations(replicas).length > 0)).toEqual([]);
});

test('blue-green may double the pods, loses none, and keeps all old ones until all new ones were ready', () => {
  const { spec } = synthesized(3, blueGreen(10));
  expect(spec?.strategy?.rollingUpdate).toEqual({ maxSurge: '100%', maxUnavailable: 0 });
  expect(spec?.minReadySeconds).toBeGreaterThan(10);
});

test('all are ready together for as long as asked', () => {
  expect(synthesized(3, blueGreen(10, Duration.minutes(1))).spec?.minReadySeconds).toBe(70);
});

test('blue-green without an overlap fails synthesis, which says by what rule', () => {
  expect(() => synthesized(3, blueGreen(10, Duration.seconds(0)))).toThrow(
    "[chart/web] blue-green: minReadySeconds 10 must exceed the 10 s between the first and the last new pod's readiness",
  );
});

test('blue-green of no pods fails synthesis', () => {
  expect(() => synthesized(0, blueGreen(10))).toThrow('blue-green: replicas is 0: ');
});

test('rolling is guaranteed for 2 to 50 replicas', () => {
  expect(COUNTS.filter((replicas) => RolloutStrategy.rolling().violations(replicas).length > 0)).toEqual([1]);
  expect(() => synthesized(2, RolloutStrategy.rolling())).not.toThrow();
});

test('rolling of one pod fails synthesis, which says by what rule', () => {
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
    'a share that rounds down to none',
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

test('for every count and share, a rolling strategy without violations lets 1 surge and 1 to N-1 go', () => {
  for (const replicas of COUNTS) {
    for (const share of [1, 10, 25, 50, 99]) {
      const rollout = RolloutStrategy.rolling({ maxSurge: percent(share), maxUnavailable: percent(share) });
      const gone = Math.floor((share * replicas) / 100);
      expect(rollout.violations(replicas).length === 0).toBe(gone >= 1 && gone < replicas);
    }
  }
});

test('what rolling is given is what the Deployment says', () => {
  const rollout = RolloutStrategy.rolling({ maxSurge: percent(34), maxUnavailable: absolute(2) });
  const { spec } = synthesized(6, rollout);
  expect(spec?.strategy?.rollingUpdate).toEqual({ maxSurge: '34%', maxUnavailable: 2 });
});
