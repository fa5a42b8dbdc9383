import { controller, pod, told } from './objects';

const deployment = controller();

describe('settled', () => {
  const done = {
    observedGeneration: 2,
    replicas: 1,
    updatedReplicas: 1,
    readyReplicas: 1,
    availableReplicas: 1,
  };
  const wanted = controller({ replicas: 1, env: '2', generation: 2, status: done });
  const ready = pod({ name: 'b', owner: 'rs-new', life: 'ready' });

  test('is when the status is complete and what was to go has gone', () => {
    const recording = told(deployment, [0, pod({ name: 'a', life: 'ready' })], [1, ready], [2, wanted]);
    expect(recording.settled).toBe(false);
    recording.observe({ at: 3, type: 'MODIFIED', object: pod({ name: 'a', deleted: true }) });
    expect(recording.settled).toBe(false);
    recording.observe({ at: 4, type: 'DELETED', object: pod({ name: 'a' }) });
    expect(recording.settled).toBe(true);
  });

  test('is not while the watch has yet to show the change that was made', () => {
    const before = controller({ replicas: 1, status: { ...done, observedGeneration: 1 } });
    const recording = told(before, [0, ready]);
    expect(recording.settled).toBe(true);
    recording.changed(1, { at: 1, description: 'A is 2' }, wanted);
    expect(recording.settled).toBe(false);
  });

  test('is not when the deadline has passed, but it is told why nothing goes on', () => {
    const status = {
      conditions: [
        { type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded', message: 'too slow' },
      ],
    };
    const recording = told(deployment, [1, controller({ status })]);
    expect([recording.settled, recording.stalled]).toEqual([false, 'too slow']);
  });
});
