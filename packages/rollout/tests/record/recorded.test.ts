import { podState, restartsOf } from '../../src/record/pod-state.ts';
import { pod, type PodParts, controller, EPOCH, timeline, recordingOf, lanes } from './kubernetes-objects.ts';
import type { Recording } from '../../src/record/recording.ts';

describe('podState', () => {
  const table: [string, PodParts, boolean, string][] = [
    ['no container has started', { life: 'pending' }, false, 'pending'],
    ['its containers run and it was never ready', { life: 'running' }, false, 'starting'],
    ['its Ready condition is True', { life: 'ready' }, false, 'ready'],
    ['its containers run and it was ready before', { life: 'running' }, true, 'unready'],
    ['a container has exited', { life: 'ended' }, true, 'crashed'],
    ['a container waits for its restart', { life: 'waiting', restarts: 2 }, true, 'crashed'],
    ['it runs again after a restart', { life: 'running', restarts: 2 }, true, 'unready'],
    ['it is marked for deletion, though ready', { life: 'ready', deleted: true }, true, 'terminating'],
    ['it is marked for deletion, though pending', { life: 'pending', deleted: true }, false, 'terminating'],
  ];
  test.each(table)('%s', (_, parts, everReady, state) => {
    expect(podState(pod(parts), everReady)).toBe(state);
  });

  test('a pod in phase Failed is crashed, even if its containers are ready', () => {
    const failed = pod({ life: 'ready' });
    expect(podState({ ...failed, status: { ...failed.status, phase: 'Failed' } }, true)).toBe('crashed');
  });

  test('a pod without a status is pending', () => {
    const { apiVersion, kind, metadata, spec } = pod();
    const unseen = { apiVersion, kind, metadata, spec };
    expect(podState(unseen, false)).toBe('pending');
    expect(restartsOf(unseen)).toBe(0);
  });
});

const deployment = controller();
const changed = controller({ env: '2', generation: 2 });

describe('second 0', () => {
  const change = { at: 0, description: 'A is 2' };
  test('is when the change first appears, in the answer to the request or in the watch', () => {
    const answerFirst = recordingOf(deployment);
    answerFirst.addChange(10, change, changed);
    answerFirst.observe({ at: 10.02, type: 'MODIFIED', object: changed });
    const watchFirst = recordingOf(deployment, [10, changed]);
    watchFirst.addChange(10.02, change, changed);
    for (const recording of [answerFirst, watchFirst]) {
      expect(recording.zero).toBe(10);
      expect(timeline(recording).changes).toEqual([change]);
    }
  });

  test('is the start if nothing changes', () => {
    expect(recordingOf(deployment).zero).toBe(0);
    expect(timeline(recordingOf(deployment)).changes).toEqual([]);
  });

  test('has a wall-clock time', () => {
    const recording = recordingOf(deployment, [10, changed]);
    const { cluster } = recording.timeline({ at: 11, reason: 'limit' }, { serverVersion: 'v1', nodes: [] });
    expect(cluster?.changedAt).toBe(new Date((EPOCH + 10) * 1000).toISOString());
  });

  test('a change by someone else is described', () => {
    const recording = recordingOf(deployment, [5, controller({ replicas: 4, generation: 2 })]);
    expect(timeline(recording).changes).toEqual([
      { at: 0, description: 'replicas 4, changed by someone else', replicas: 4 },
    ]);
    expect(timeline(recording).workload.replicas).toEqual({ before: 2, after: 4 });
    expect(timeline(recordingOf(deployment, [5, changed])).changes).toEqual([
      { at: 0, description: 'template.spec.containers.0.env.0.value, changed by someone else' },
    ]);
  });
});

describe('a recording of a ReplicaSet', () => {
  const set = controller({ kind: 'ReplicaSet', name: 'rs' });
  const mine = { owner: 'rs', life: 'ready' as const };
  test('a pod created after the change is new, a pod created before stays old', () => {
    const after = controller({ kind: 'ReplicaSet', name: 'rs', env: '2', generation: 2 });
    const recording = recordingOf(
      set,
      [0, pod({ ...mine, name: 'a' })],
      [1, after],
      [2, pod({ ...mine, name: 'b', env: '2' })],
    );
    expect(lanes(recording).map((lane) => (lane as string[]).slice(0, 2))).toEqual([
      ['a', 'old'],
      ['b', 'new'],
    ]);
  });

  test('pods keep their version if the change adds or removes a field', () => {
    const none = controller({ kind: 'ReplicaSet', name: 'rs', env: '' });
    const versions = (recording: Recording): unknown[] =>
      timeline(recording).pods.map(({ version }) => version);
    const [without, having] = [pod({ ...mine, name: 'a', env: '' }), pod({ ...mine, name: 'b', env: '1' })];
    expect(versions(recordingOf(none, [0, without], [1, set], [2, having]))).toEqual(['old', 'new']);
    expect(versions(recordingOf(set, [0, having], [1, none], [2, without]))).toEqual(['old', 'new']);
  });
});

describe('a recording of a Pod', () => {
  const lone = pod({ owner: null, life: 'ready' });
  test('a new image in place starts a new lane when the container is replaced', () => {
    const asked = pod({ owner: null, image: 'web:v2', life: 'ready' });
    const replaced = pod({ owner: null, image: 'web:v2', life: 'running', container: 'c2', restarts: 1 });
    const recording = recordingOf(lone, [0, lone], [5, asked], [6, replaced]);
    expect(lanes(recording)).toEqual([
      ['web-1', 'old', '-5 ready, 1 gone'],
      ['web-1', 'new', '1 starting'],
    ]);
    expect(timeline(recording).pods.map(({ restarts }) => restarts)).toEqual([0, 0]);
    expect(recording.settled).toBe(false);
  });
});

describe('the status of a rollout', () => {
  const deployment = controller();

  describe('a recording', () => {
    const done = {
      observedGeneration: 2,
      replicas: 1,
      updatedReplicas: 1,
      readyReplicas: 1,
      availableReplicas: 1,
    };
    const wanted = controller({ replicas: 1, env: '2', generation: 2, status: done });
    const ready = pod({ name: 'b', owner: 'rs-new', life: 'ready' });

    test('has settled when the status is complete and no pod is terminating', () => {
      const recording = recordingOf(
        deployment,
        [0, pod({ name: 'a', life: 'ready' })],
        [1, ready],
        [2, wanted],
      );
      expect(recording.settled).toBe(false);
      recording.observe({ at: 3, type: 'MODIFIED', object: pod({ name: 'a', deleted: true }) });
      expect(recording.settled).toBe(false);
      recording.observe({ at: 4, type: 'DELETED', object: pod({ name: 'a' }) });
      expect(recording.settled).toBe(true);
    });

    test('has not settled until the watch shows its own change', () => {
      const before = controller({ replicas: 1, status: { ...done, observedGeneration: 1 } });
      const recording = recordingOf(before, [0, ready]);
      expect(recording.settled).toBe(true);
      recording.addChange(1, { at: 1, description: 'A is 2' }, wanted);
      expect(recording.settled).toBe(false);
    });

    test('has stalled, not settled, after the progress deadline', () => {
      const status = {
        conditions: [
          { type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded', message: 'too slow' },
        ],
      };
      const recording = recordingOf(deployment, [1, controller({ status })]);
      expect([recording.settled, recording.stallReason]).toEqual([false, 'too slow']);
    });
  });
});
