import { parseTimeline, predict, type PredictOptions, type Timeline } from '../src';
import { controller, readinessProbe } from './manifests';
import { holds, states } from './timelines';

const image = 'web:v2';

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

test('a prediction is a timeline', () => {
  const timeline = predict(controller({ replicas: 2 }), { image });
  expect(parseTimeline(JSON.stringify(timeline))).toEqual(JSON.parse(JSON.stringify(timeline)));
});
