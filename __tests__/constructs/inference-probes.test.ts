import { Duration } from 'cdk8s';
import fc from 'fast-check';
import { HTTP_PORT } from '../../constructs/image';
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

/** Returns the fields of a probe, with the defaults of Kubernetes. */
function timing(probe: KubeProbe) {
  return {
    endpoint: [probe?.httpGet?.path, probe?.httpGet?.port.value],
    periodSeconds: probe?.periodSeconds ?? 10,
    timeoutSeconds: probe?.timeoutSeconds ?? 1,
    failureThreshold: probe?.failureThreshold ?? 3,
    grace: probe?.terminationGracePeriodSeconds,
  };
}

const starts = fc.integer({ min: 1, max: 300 });

test('never kills a start that takes twice the longest known time', () => {
  fc.assert(
    fc.property(starts, (latest) => {
      const { startup } = probesFor(latest);
      // the Nth failed probe kills the container, between N-1 and N periods after its start
      expect((startup.failureThreshold - 1) * startup.periodSeconds).toBeGreaterThanOrEqual(2 * latest);
    }),
  );
});

test('kills a start that never succeeds within three times the longest known time plus 5 s', () => {
  fc.assert(
    fc.property(starts, (latest) => {
      const { startup } = probesFor(latest);
      expect(startup.failureThreshold * startup.periodSeconds).toBeLessThanOrEqual(3 * latest + 5);
    }),
  );
});

test('kills a process that hangs within 30 s', () => {
  const { liveness } = probesFor(30);
  // worst case: it hangs just after it answered a probe, and each later probe fails at its timeout
  const detected = liveness.failureThreshold * liveness.periodSeconds + liveness.timeoutSeconds;
  expect(detected + (liveness.grace ?? 30)).toBe(HANG_TO_KILL_SECONDS);
  expect(HANG_TO_KILL_SECONDS).toBeLessThan(30);
});

test('a probe times out before the next one starts', () => {
  for (const { timeoutSeconds, periodSeconds } of Object.values(probesFor(30))) {
    expect(timeoutSeconds).toBeLessThanOrEqual(periodSeconds);
  }
});

test('readiness removes traffic before liveness kills the process', () => {
  const { readiness, liveness } = probesFor(30);
  expect(readiness.failureThreshold * readiness.periodSeconds).toBeLessThan(
    liveness.failureThreshold * liveness.periodSeconds,
  );
});

test('startup and liveness request /livez, readiness requests /readyz', () => {
  const { startup, readiness, liveness } = probesFor(30);
  expect([startup, liveness, readiness].map(({ endpoint }) => endpoint)).toEqual([
    ['/livez', HTTP_PORT],
    ['/livez', HTTP_PORT],
    ['/readyz', HTTP_PORT],
  ]);
});

test('only liveness has its own grace period; Kubernetes rejects one for readiness', () => {
  const { startup, readiness, liveness } = probesFor(30);
  expect([startup, readiness, liveness].map((probe) => probe.grace)).toEqual([
    undefined,
    undefined,
    HANG_GRACE_SECONDS,
  ]);
});
