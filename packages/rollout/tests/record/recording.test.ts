import { controller, lanes, pod, timeline, recordingOf } from './kubernetes-objects.ts';

const deployment = controller();
const oldSet = controller({ kind: 'ReplicaSet', name: 'rs-old', owner: 'web' });
const newSet = controller({ kind: 'ReplicaSet', name: 'rs-new', owner: 'web', env: '2' });
const changed = controller({ env: '2', generation: 2 });

describe('a recording of a Deployment', () => {
  test('tells old pods from new pods by the template of their ReplicaSet', () => {
    const recording = recordingOf(
      deployment,
      [0, oldSet],
      [0, pod({ name: 'a', life: 'ready' })],
      [10, changed],
      [11, pod({ name: 'b', owner: 'rs-new' })],
      [11.5, newSet],
      [12, pod({ name: 'b', owner: 'rs-new', life: 'ready', readyAt: 12 })],
      [13, pod({ name: 'a', life: 'ready', deleted: true })],
      [14, pod({ name: 'a' }), 'DELETED'],
    );
    expect(lanes(recording)).toEqual([
      ['a', 'old', '-10 ready, 3 terminating, 4 gone'],
      ['b', 'new', '1 pending, 2 ready'],
    ]);
  });

  test('a rollback asks for the old version', () => {
    const recording = recordingOf(
      deployment,
      [0, oldSet],
      [5, changed],
      [6, newSet],
      [10, controller({ generation: 3 })],
      [11, pod({ name: 'c' })],
    );
    expect(lanes(recording)).toEqual([['c', 'old', '6 pending']]);
    expect(timeline(recording).changes.map(({ at }) => at)).toEqual([0, 5]);
  });

  test('a pod that is deleted while pending never runs', () => {
    const recording = recordingOf(
      deployment,
      [0, oldSet],
      [1, pod()],
      [2, pod({ deleted: true })],
      [3, pod(), 'DELETED'],
    );
    expect(lanes(recording)).toEqual([['web-1', 'old', '1 pending, 2 terminating, 3 gone']]);
  });

  test('a replaced pod has a lane of its own, even with the same name', () => {
    const recording = recordingOf(
      deployment,
      [0, pod({ uid: 'first', life: 'ready' })],
      [1, pod({ uid: 'first' }), 'DELETED'],
      [2, pod({ uid: 'second' })],
    );
    expect(lanes(recording)).toEqual([
      ['web-1', 'old', '0 ready, 1 gone'],
      ['web-1', 'old', '2 pending'],
    ]);
  });

  test('a crash loop is one lane with its restarts counted', () => {
    const recording = recordingOf(
      deployment,
      [0, pod({ life: 'running' })],
      [1, pod({ life: 'ready' })],
      [2, pod({ life: 'ended' })],
      [3, pod({ life: 'ready', restarts: 1, container: 'c2' })],
      [4, pod({ life: 'waiting', restarts: 1, container: 'c2' })],
      [20, pod({ life: 'running', restarts: 2, container: 'c3' })],
    );
    expect(lanes(recording)).toEqual([
      ['web-1', 'old', '0 starting, 1 ready, 2 crashed, 3 ready, 4 crashed, 20 unready'],
    ]);
    expect(timeline(recording).pods[0]?.restarts).toBe(2);
  });

  test('pods of another namespace, with other labels or without a ReplicaSet are ignored', () => {
    const elsewhere = pod();
    const recording = recordingOf(
      deployment,
      [0, { ...elsewhere, metadata: { ...elsewhere.metadata, namespace: 'other' } }],
      [0, pod({ labels: { app: 'other' } })],
      [0, pod({ owner: null })],
    );
    expect(lanes(recording)).toEqual([]);
  });

  test('a pod is available minReadySeconds after the time of its Ready condition, which has whole seconds', () => {
    const slow = controller({ minReadySeconds: 3 });
    const recording = recordingOf(slow, [0, oldSet], [5, pod()], [7.4, pod({ life: 'ready', readyAt: 7.3 })]);
    const available = timeline(recording).samples.map(({ at, old }) => [at, old.ready, old.available]);
    expect(available).toEqual([
      [0, 0, 0],
      [5, 0, 0],
      [7.4, 1, 0],
      [10, 1, 1],
    ]);
  });

  test('a wrong clock on a node hardly moves the time when a pod becomes available', () => {
    const slow = controller({ minReadySeconds: 3 });
    const recording = recordingOf(slow, [0, oldSet], [5, pod()], [7, pod({ life: 'ready', readyAt: 3000 })]);
    expect(timeline(recording).samples.at(-1)).toMatchObject({ at: 10, old: { available: 1 } });
  });

  test('terminating pods are counted separately', () => {
    const recording = recordingOf(
      deployment,
      [0, pod({ life: 'ready' })],
      [1, pod({ life: 'ready', deleted: true })],
    );
    expect(timeline(recording).samples).toEqual([
      { at: 0, old: { total: 1, ready: 1, available: 1, terminating: 0 }, new: zero },
      { at: 1, old: { total: 0, ready: 0, available: 0, terminating: 1 }, new: zero },
    ]);
  });
});

const zero = { total: 0, ready: 0, available: 0, terminating: 0 };

test('watches lost together for the same reason are one gap, in seconds since the change', () => {
  const recording = recordingOf(deployment, [10, changed]);
  recording.addGap({ from: 11, to: 12, kind: 'Pod', why: 'cut' });
  recording.addGap({ from: 11.1, to: 12.5, kind: 'Deployment', why: 'cut' });
  recording.addGap({ from: 20, to: 21, kind: 'Pod', why: 'cut' });
  expect(timeline(recording).gaps).toEqual([
    { from: 1, to: 2.5, reason: 'Deployment, Pod: cut' },
    { from: 10, to: 11, reason: 'Pod: cut' },
  ]);
});

test('keeps events about its own objects, except those that every pod has', () => {
  const event = (uid: string, reason: string) => ({
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: reason, uid: reason, namespace: 'default' },
    involvedObject: { kind: 'Pod', name: 'web-1', uid },
    reason,
    message: 'm',
  });
  const recording = recordingOf(
    deployment,
    [1, pod()],
    [2, event('web-1', 'Scheduled')],
    [3, event('web-1', 'Unhealthy')],
    [4, event('stranger', 'Unhealthy')],
  );
  expect(timeline(recording).events).toEqual([
    { at: 3, kind: 'Pod', name: 'web-1', reason: 'Unhealthy', message: 'm' },
  ]);
});

test('an observation takes the same time with ten times the pods', () => {
  const cost = (pods: number): number => {
    const recording = recordingOf(controller(), [
      0,
      controller({ kind: 'ReplicaSet', name: 'rs-old', owner: 'web' }),
    ]);
    const from = performance.now();
    for (const [at, life] of (['pending', 'running', 'ready', 'ended', 'ready'] as const).entries()) {
      for (let name = 0; name < pods; name++) {
        recording.observe({
          at: at + name / pods,
          type: 'MODIFIED',
          object: pod({ name: `p${name}`, life }),
        });
      }
    }
    expect(timeline(recording).pods).toHaveLength(pods);
    return (performance.now() - from) / pods;
  };
  const best = (pods: number): number => Math.min(cost(pods), cost(pods), cost(pods));
  const [few, many] = [best(200), best(2000)];
  expect(many).toBeLessThan(few * 5);
});
