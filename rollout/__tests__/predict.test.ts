import { check, parseTimeline, predict, type PredictOptions, type Timeline } from '../src';
import { controller, livenessProbe, pod, readinessProbe } from './manifests';

const image = 'web:v2';
const holds = (timeline: Timeline, expect: string): boolean => check(timeline, expect).holds;
const states = ({ pods }: Timeline, version: string): string[][] =>
  pods.filter((lane) => lane.version === version).map((lane) => lane.states.map(({ state }) => state));

describe('a Deployment', () => {
  test('with surge for all and minReadySeconds past the spread passes through all old and all new', () => {
    const fields = { replicas: 3, maxSurge: '100%', maxUnavailable: 0, minReadySeconds: 10 };
    const timeline = predict(controller({ ...fields, container: { readinessProbe } }), { image });
    expect(holds(timeline, 'blue-green')).toBe(true);
    expect(holds(timeline, 'rolling')).toBe(false);
    expect(holds(timeline, 'full-strength')).toBe(true);
  });

  test('with one pod of either kind to spare rolls', () => {
    const timeline = predict(controller({ replicas: 3, maxSurge: 1, maxUnavailable: 1 }), { image });
    expect(holds(timeline, 'rolling')).toBe(true);
    expect(holds(timeline, 'blue-green')).toBe(false);
    expect(holds(timeline, 'replaced')).toBe(true);
  });

  test('that recreates has an outage, and no two versions at once', () => {
    const timeline = predict(controller({ replicas: 3, strategy: { type: 'Recreate' } }), { image });
    expect(holds(timeline, 'recreate')).toBe(true);
    expect(holds(timeline, 'no-outage')).toBe(false);
    expect(holds(timeline, 'mixed-versions')).toBe(false);
    expect(holds(timeline, 'settled')).toBe(true);
  });

  test('first scales its old pods when image and replicas change at once', () => {
    const { events = [] } = predict(controller({ replicas: 2 }), { image, replicas: 4 });
    const messages = events.map(({ message }) => message);
    expect(messages[0]).toBe('Scaled up replica set web-0 to 4 from 2');
    expect(messages[1]).toMatch(/^Scaled up replica set web-1 to /);
  });

  test('spreads a change of replicas in the middle over old and new', () => {
    const slow = controller({ replicas: 10, maxSurge: 2, maxUnavailable: 2, container: { readinessProbe } });
    const { events = [], end } = predict(slow, {
      image,
      then: [{ at: 5, replicas: 20 }],
      behaviour: { startDelay: { new: 30 } },
    });
    const spread = events.filter(({ at }) => at >= 5 && at < 6).map(({ message }) => message);
    expect(spread).toEqual([
      'Scaled up replica set web-0 to 15 from 8',
      'Scaled up replica set web-1 to 7 from 4',
    ]);
    expect(end.reason).toBe('settled');
  });

  test('rolled back in the middle keeps the old pods that it still has', () => {
    const slow = controller({ replicas: 4, maxSurge: 1, maxUnavailable: 1, container: { readinessProbe } });
    const timeline = predict(slow, {
      image,
      then: [{ at: 5, image: 'web:v1' }],
      behaviour: { startDelay: { new: 60 } },
    });
    expect(timeline.end.reason).toBe('settled');
    expect(holds(timeline, 'kept')).toBe(true);
    expect(states(timeline, 'old').filter((each) => each.at(-1) === 'ready')).toHaveLength(4);
  });

  test('with a new image that is never ready stops at its deadline, the old pods serving on', () => {
    const fields = { replicas: 4, maxSurge: 1, maxUnavailable: 1, progressDeadlineSeconds: 60 };
    const timeline = predict(controller({ ...fields, container: { readinessProbe } }), {
      image,
      behaviour: { startDelay: { new: 10_000 } },
    });
    expect(timeline.end).toMatchObject({
      reason: 'stalled',
      message: 'no progress for 60 s (progressDeadlineSeconds)',
    });
    expect(timeline.samples.at(-1)).toMatchObject({ old: { ready: 3 }, new: { total: 2, ready: 0 } });
  });

  test('that is paused does nothing about a new image', () => {
    expect(holds(predict(controller({ replicas: 2, paused: true }), { image }), 'kept')).toBe(true);
  });

  test('whose old pods are broken gets rid of them first', () => {
    const options = { capacity: { pods: 3 }, image };
    const timeline = predict(controller({ replicas: 5, maxSurge: 0, maxUnavailable: 2 }), options);
    expect(
      states(timeline, 'old')
        .filter((each) => each[0] === 'pending')
        .every((each) => each.at(-1) === 'gone'),
    ).toBe(true);
    expect(timeline.samples.every(({ at, old, new: now }) => at < 0 || old.ready + now.ready <= 3)).toBe(
      true,
    );
  });
});

describe('room', () => {
  const fields = { replicas: 3, maxSurge: '100%', maxUnavailable: 0 };

  test('for fewer than all old and all new keeps some new pods pending until old ones go', () => {
    const timeline = predict(controller(fields), { image, capacity: { pods: 4 } });
    expect(timeline.events?.some(({ reason }) => reason === 'FailedScheduling')).toBe(true);
    expect(holds(timeline, 'blue-green')).toBe(false);
    expect(holds(timeline, 'replaced')).toBe(true);
  });

  test('for no more than the old pods stops a rollout that may not do with fewer', () => {
    const timeline = predict(controller({ ...fields, progressDeadlineSeconds: 30 }), {
      image,
      capacity: { pods: 3 },
    });
    expect(timeline.end.reason).toBe('stalled');
    expect(timeline.samples.at(-1)).toMatchObject({ old: { ready: 3 }, new: { total: 3, ready: 0 } });
  });

  test('is counted in requested CPUs too', () => {
    const container = { resources: { limits: { cpu: '500m' } } };
    const room = (cpu: number): boolean =>
      holds(predict(controller({ ...fields, container }), { image, capacity: { cpu } }), 'blue-green');
    expect(room(2)).toBe(false);
  });
});

describe('a ReplicaSet', () => {
  const predicted = (options: PredictOptions): Timeline =>
    predict(controller({ kind: 'ReplicaSet', replicas: 3 }), options);

  test('replaces no pod for a new image', () => {
    expect(holds(predicted({ image }), 'kept')).toBe(true);
  });

  test('scaled up with a new image leaves the old pods and adds new ones', () => {
    expect(predicted({ image, replicas: 5 }).samples.at(-1)).toMatchObject({
      old: { total: 3 },
      new: { total: 2 },
    });
  });

  test('scaled down with a new image leaves old pods alone', () => {
    expect(predicted({ image, replicas: 1 }).samples.at(-1)).toMatchObject({
      old: { total: 1 },
      new: { total: 0 },
    });
  });

  test('scaled down later deletes the newer pods, which have the new image', () => {
    const { samples } = predicted({ image, replicas: 5, then: [{ at: 30, replicas: 3 }] });
    expect(samples.at(-1)).toMatchObject({ old: { total: 3 }, new: { total: 0 } });
  });
});

describe('a Pod', () => {
  test('gets a new image in place: one container ends and another starts', () => {
    const timeline = predict(pod({ readinessProbe }), { image, behaviour: { drain: 3 } });
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
    predict(controller({ kind: 'ReplicaSet', replicas: 0, container }), { replicas: 1, ...options });

  test('that exits is restarted without any probe', () => {
    const timeline = grown({}, { behaviour: { crashAfter: 20 }, goOnFor: 60 });
    expect(timeline.pods[0]?.restarts).toBeGreaterThanOrEqual(1);
    expect(states(timeline, 'old')[0]).toContain('crashed');
  });

  test('that hangs is never restarted without a liveness probe', () => {
    const timeline = grown({ readinessProbe }, { behaviour: { hangAfter: 10 }, goOnFor: 120 });
    expect(timeline.pods[0]?.restarts).toBe(0);
    expect(states(timeline, 'old')[0]?.at(-1)).toBe('unready');
  });

  test('that hangs is killed by its liveness probe after the grace period, or sooner by the probe’s own', () => {
    const restartedAt = (probe: object): number => {
      const container = { readinessProbe, livenessProbe: { ...livenessProbe, ...probe } };
      const { pods } = grown(container, { behaviour: { hangAfter: 10 }, goOnFor: 70, jitter: 0 });
      const ready = pods[0]?.states.filter(({ state }) => state === 'ready') ?? [];
      return ready[1]?.at ?? NaN;
    };
    const [slow, fast] = [restartedAt({}), restartedAt({ terminationGracePeriodSeconds: 5 })];
    expect(slow - fast).toBeGreaterThan(20);
  });

  test('that its probe kills again and again is kept waiting from the fourth time on', () => {
    const startupProbe = { ...readinessProbe, periodSeconds: 2, failureThreshold: 5 };
    const options = { behaviour: { startDelay: 600 }, goOnFor: 100, jitter: 0 };
    const timeline = grown({ startupProbe }, options);
    const crashed = timeline.pods[0]?.states.find(({ state }) => state === 'crashed')?.at ?? NaN;
    expect(crashed).toBeGreaterThan(35);
    expect(crashed).toBeLessThan(50);
  });

  test('that boots is deaf to SIGTERM: deleted meanwhile, its pod stays for the grace period', () => {
    const options = { replicas: 1, behaviour: { boot: 5, drain: 1 } };
    const goneAt = (at: number): number =>
      predict(controller({ kind: 'ReplicaSet', replicas: 0, container: { readinessProbe } }), {
        ...options,
        then: [{ at, replicas: 0 }],
      }).end.at;
    expect(goneAt(3)).toBeGreaterThan(30);
    expect(goneAt(20)).toBeLessThan(25);
  });

  test('says how it behaves in its environment, and options come before it', () => {
    const env = [{ name: 'START_DELAY_SECONDS', value: '30' }];
    const readyAt = (options: PredictOptions): number =>
      grown({ env, readinessProbe }, options).samples.find(({ old }) => old.ready > 0)?.at ?? NaN;
    expect(readyAt({})).toBeGreaterThan(30);
    expect(readyAt({ behaviour: { startDelay: 3 } })).toBeLessThan(10);
  });
});

test('a prediction is a timeline', () => {
  const timeline = predict(controller({ replicas: 2 }), { image });
  expect(parseTimeline(JSON.stringify(timeline))).toEqual(JSON.parse(JSON.stringify(timeline)));
});
