import { controller, EPOCH, timeline, recordingOf } from './kubernetes-objects';

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
