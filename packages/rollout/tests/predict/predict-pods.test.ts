import { predictOnce, type PredictOptions, type Timeline } from '../../src/index.ts';
import { controller, livenessProbe, pod, readinessProbe } from '../manifests.ts';
import { holds, states } from '../timelines.ts';

const image = 'web:v2';

describe('a Pod', () => {
  test('replaces its container in place when its image changes', () => {
    const timeline = predictOnce(pod({ readinessProbe }), { image, behaviour: { drain: 3 } });
    expect(timeline.pods.map(({ version, image: runs }) => [version, runs])).toEqual([
      ['old', 'web:v1'],
      ['new', 'web:v2'],
    ]);
    expect(holds(timeline, 'no-outage')).toBe(false);
    expect(holds(timeline, 'settled')).toBe(true);
  });
});

describe('a container', () => {
  const grown = (container: object, options: PredictOptions): Timeline =>
    predictOnce(controller({ kind: 'ReplicaSet', replicas: 0, container }), { replicas: 1, ...options });

  test('is restarted after it exits, without any probe', () => {
    const timeline = grown({}, { behaviour: { crashAfter: 20 }, goOnFor: 60 });
    expect(timeline.pods[0]?.restarts).toBeGreaterThanOrEqual(1);
    expect(states(timeline, 'old')[0]).toContain('crashed');
  });

  test('that hangs is never restarted without a liveness probe', () => {
    const timeline = grown({ readinessProbe }, { behaviour: { hangAfter: 10 }, goOnFor: 120 });
    expect(timeline.pods[0]?.restarts).toBe(0);
    expect(states(timeline, 'old')[0]?.at(-1)).toBe('unready');
  });

  test('that hangs is killed after the grace period of the pod, or of its liveness probe if that is shorter', () => {
    const restartedAt = (probe: object): number => {
      const container = { readinessProbe, livenessProbe: { ...livenessProbe, ...probe } };
      const { pods } = grown(container, { behaviour: { hangAfter: 10 }, goOnFor: 70, jitter: 0 });
      const ready = pods[0]?.states.filter(({ state }) => state === 'ready') ?? [];
      return ready[1]?.at ?? NaN;
    };
    const [slow, fast] = [restartedAt({}), restartedAt({ terminationGracePeriodSeconds: 5 })];
    expect(slow - fast).toBeGreaterThan(20);
  });

  test('is restarted with a back-off if its startup probe kills it repeatedly', () => {
    const startupProbe = { ...readinessProbe, periodSeconds: 2, failureThreshold: 5 };
    const options = { behaviour: { startDelay: 600 }, goOnFor: 100, jitter: 0 };
    const timeline = grown({ startupProbe }, options);
    const crashed = timeline.pods[0]?.states.find(({ state }) => state === 'crashed')?.at ?? NaN;
    expect(crashed).toBeGreaterThan(35);
    expect(crashed).toBeLessThan(50);
  });

  test('ignores SIGTERM while it boots, so a pod that is deleted then stays for the grace period', () => {
    const options = { replicas: 1, behaviour: { boot: 5, drain: 1 } };
    const goneAt = (at: number): number =>
      predictOnce(controller({ kind: 'ReplicaSet', replicas: 0, container: { readinessProbe } }), {
        ...options,
        then: [{ at, replicas: 0 }],
      }).end.at;
    expect(goneAt(3)).toBeGreaterThan(30);
    expect(goneAt(20)).toBeLessThan(25);
  });

  test('behaves as its environment says, and options take precedence', () => {
    const env = [{ name: 'START_DELAY_SECONDS', value: '30' }];
    const readyAt = (options: PredictOptions): number =>
      grown({ env, readinessProbe }, options).samples.find(({ old }) => old.ready > 0)?.at ?? NaN;
    expect(readyAt({})).toBeGreaterThan(30);
    expect(readyAt({ behaviour: { startDelay: 3 } })).toBeLessThan(10);
  });
});
