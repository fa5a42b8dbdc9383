import { Duration } from 'cdk8s';
import fc from 'fast-check';
import { HTTP_PORT } from '../../constructs/http-port';
import { InferenceContainer } from '../../constructs/inference-container';
import { HANG_GRACE_SECONDS, HANG_TO_KILL_SECONDS, inferenceProbes } from '../../constructs/inference-probes';

function probesFor(latestStartSeconds: number) {
  const { startupProbe, readinessProbe, livenessProbe } = new InferenceContainer({
    image: 'i:1',
    ...inferenceProbes(Duration.seconds(latestStartSeconds)),
  })._toKube();
  return {
    startup: timing(startupProbe),
    readiness: timing(readinessProbe),
    liveness: timing(livenessProbe),
  };
}

type KubeProbe = ReturnType<InferenceContainer['_toKube']>['startupProbe'];

/** A probe with what Kubernetes takes for the fields that it leaves out. */
function timing(probe: KubeProbe) {
  return {
    asks: [probe?.httpGet?.path, probe?.httpGet?.port.value],
    periodSeconds: probe?.periodSeconds ?? 10,
    timeoutSeconds: probe?.timeoutSeconds ?? 1,
    failureThreshold: probe?.failureThreshold ?? 3,
    grace: probe?.terminationGracePeriodSeconds,
  };
}

const starts = fc.integer({ min: 1, max: 300 });

test('a start that takes twice as long as the latest one known is never killed', () => {
  fc.assert(
    fc.property(starts, (latest) => {
      const { startup } = probesFor(latest);
      // the Nth failed probe kills, N-1 to N periods after the start: count on the sooner
      expect((startup.failureThreshold - 1) * startup.periodSeconds).toBeGreaterThanOrEqual(2 * latest);
    }),
  );
});

test('a start that never succeeds is given up within three times the latest one known and a few seconds', () => {
  fc.assert(
    fc.property(starts, (latest) => {
      const { startup } = probesFor(latest);
      expect(startup.failureThreshold * startup.periodSeconds).toBeLessThanOrEqual(3 * latest + 5);
    }),
  );
});

test('a process that hangs is killed within 30 s', () => {
  const { liveness } = probesFor(30);
  // it hangs just after a probe that it answered; each later one fails at its timeout
  const told = liveness.failureThreshold * liveness.periodSeconds + liveness.timeoutSeconds;
  expect(told + (liveness.grace ?? 30)).toBe(HANG_TO_KILL_SECONDS);
  expect(HANG_TO_KILL_SECONDS).toBeLessThan(30);
});

test('a probe ends before the next one is due', () => {
  for (const { timeoutSeconds, periodSeconds } of Object.values(probesFor(30))) {
    expect(timeoutSeconds).toBeLessThanOrEqual(periodSeconds);
  }
});

test('readiness is seen sooner than a hang is killed, so that traffic leaves first', () => {
  const { readiness, liveness } = probesFor(30);
  expect(readiness.failureThreshold * readiness.periodSeconds).toBeLessThan(
    liveness.failureThreshold * liveness.periodSeconds,
  );
});

test('liveness and startup ask whether the process lives, readiness whether it can serve', () => {
  const { startup, readiness, liveness } = probesFor(30);
  expect([startup, liveness, readiness].map(({ asks }) => asks)).toEqual([
    ['/livez', HTTP_PORT],
    ['/livez', HTTP_PORT],
    ['/readyz', HTTP_PORT],
  ]);
});

test('only liveness has a grace period of its own, as Kubernetes refuses one of readiness', () => {
  const { startup, readiness, liveness } = probesFor(30);
  expect([startup, readiness, liveness].map((probe) => probe.grace)).toEqual([
    undefined,
    undefined,
    HANG_GRACE_SECONDS,
  ]);
});
