import { parseTimeline, predictOnce, type PredictOptions, type Timeline } from '../../src/index.ts';
import { controller, readinessProbe } from '../manifests.ts';
import { holds, states } from '../timelines.ts';

const image = 'web:v2';

describe('a Deployment', () => {
  test('is blue-green with surge for all pods and minReadySeconds longer than the readiness spread', () => {
    const fields = { replicas: 3, maxSurge: '100%', maxUnavailable: 0, minReadySeconds: 10 };
    const timeline = predictOnce(controller({ ...fields, container: { readinessProbe } }), { image });
    expect(holds(timeline, 'blue-green')).toBe(true);
    expect(holds(timeline, 'rolling')).toBe(false);
    expect(holds(timeline, 'full-strength')).toBe(true);
  });

  test('is rolling with maxSurge 1 and maxUnavailable 1', () => {
    const timeline = predictOnce(controller({ replicas: 3, maxSurge: 1, maxUnavailable: 1 }), { image });
    expect(holds(timeline, 'rolling')).toBe(true);
    expect(holds(timeline, 'blue-green')).toBe(false);
    expect(holds(timeline, 'replaced')).toBe(true);
  });

  test('with strategy Recreate has an outage and never mixes versions', () => {
    const timeline = predictOnce(controller({ replicas: 3, strategy: { type: 'Recreate' } }), { image });
    expect(holds(timeline, 'recreate')).toBe(true);
    expect(holds(timeline, 'no-outage')).toBe(false);
    expect(holds(timeline, 'mixed-versions')).toBe(false);
    expect(holds(timeline, 'settled')).toBe(true);
  });

  test('scales its old pods first if image and replicas change together', () => {
    const { events = [] } = predictOnce(controller({ replicas: 2 }), { image, replicas: 4 });
    const messages = events.map(({ message }) => message);
    expect(messages[0]).toBe('Scaled up replica set web-0 to 4 from 2');
    expect(messages[1]).toMatch(/^Scaled up replica set web-1 to /);
  });

  test('spreads a change of replicas during a rollout over old and new pods', () => {
    const slow = controller({ replicas: 10, maxSurge: 2, maxUnavailable: 2, container: { readinessProbe } });
    const { events = [], end } = predictOnce(slow, {
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

  test('keeps its remaining old pods when it is rolled back during a rollout', () => {
    const slow = controller({ replicas: 4, maxSurge: 1, maxUnavailable: 1, container: { readinessProbe } });
    const timeline = predictOnce(slow, {
      image,
      then: [{ at: 5, image: 'web:v1' }],
      behaviour: { startDelay: { new: 60 } },
    });
    expect(timeline.end.reason).toBe('settled');
    expect(holds(timeline, 'kept')).toBe(true);
    expect(states(timeline, 'old').filter((each) => each.at(-1) === 'ready')).toHaveLength(4);
  });

  test('stalls at its progress deadline if the new pods never become ready, while old pods still serve', () => {
    const fields = { replicas: 4, maxSurge: 1, maxUnavailable: 1, progressDeadlineSeconds: 60 };
    const timeline = predictOnce(controller({ ...fields, container: { readinessProbe } }), {
      image,
      behaviour: { startDelay: { new: 10_000 } },
    });
    expect(timeline.end).toMatchObject({
      reason: 'stalled',
      message: 'no progress for 60 s (progressDeadlineSeconds)',
    });
    expect(timeline.samples.at(-1)).toMatchObject({ old: { ready: 3 }, new: { total: 2, ready: 0 } });
  });

  test('does not roll out a new image while it is paused', () => {
    expect(holds(predictOnce(controller({ replicas: 2, paused: true }), { image }), 'kept')).toBe(true);
  });

  test('removes unhealthy old pods first', () => {
    const options = { capacity: { pods: 3 }, image };
    const timeline = predictOnce(controller({ replicas: 5, maxSurge: 0, maxUnavailable: 2 }), options);
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

describe('capacity', () => {
  const fields = { replicas: 3, maxSurge: '100%', maxUnavailable: 0 };

  test('for fewer than all old and new pods keeps new pods pending until old pods go', () => {
    const timeline = predictOnce(controller(fields), { image, capacity: { pods: 4 } });
    expect(timeline.events?.some(({ reason }) => reason === 'FailedScheduling')).toBe(true);
    expect(holds(timeline, 'blue-green')).toBe(false);
    expect(holds(timeline, 'replaced')).toBe(true);
  });

  test('for the old pods only stalls a rollout with maxUnavailable 0', () => {
    const timeline = predictOnce(controller({ ...fields, progressDeadlineSeconds: 30 }), {
      image,
      capacity: { pods: 3 },
    });
    expect(timeline.end.reason).toBe('stalled');
    expect(timeline.samples.at(-1)).toMatchObject({ old: { ready: 3 }, new: { total: 3, ready: 0 } });
  });

  test('counts requested CPUs too', () => {
    const container = { resources: { limits: { cpu: '500m' } } };
    const room = (cpu: number): boolean =>
      holds(predictOnce(controller({ ...fields, container }), { image, capacity: { cpu } }), 'blue-green');
    expect(room(2)).toBe(false);
  });
});

describe('a ReplicaSet', () => {
  const predicted = (options: PredictOptions): Timeline =>
    predictOnce(controller({ kind: 'ReplicaSet', replicas: 3 }), options);

  test('replaces no pod when its image changes', () => {
    expect(holds(predicted({ image }), 'kept')).toBe(true);
  });

  test('keeps its old pods and adds new pods when it scales up with a new image', () => {
    expect(predicted({ image, replicas: 5 }).samples.at(-1)).toMatchObject({
      old: { total: 3 },
      new: { total: 2 },
    });
  });

  test('keeps only old pods when it scales down with a new image', () => {
    expect(predicted({ image, replicas: 1 }).samples.at(-1)).toMatchObject({
      old: { total: 1 },
      new: { total: 0 },
    });
  });

  test('deletes the newer pods, which have the new image, when it scales down later', () => {
    const { samples } = predicted({ image, replicas: 5, then: [{ at: 30, replicas: 3 }] });
    expect(samples.at(-1)).toMatchObject({ old: { total: 3 }, new: { total: 0 } });
  });
});

test('predict returns a valid timeline', () => {
  const timeline = predictOnce(controller({ replicas: 2 }), { image });
  expect(parseTimeline(JSON.stringify(timeline))).toEqual(JSON.parse(JSON.stringify(timeline)));
});
