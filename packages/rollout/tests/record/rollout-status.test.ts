import { controller, pod, recordingOf } from './kubernetes-objects';

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
