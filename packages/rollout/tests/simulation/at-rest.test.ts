import { predictOnce, type PredictOptions } from '../../src/index.ts';
import { WorkQueue } from '../../src/simulation/work-queue.ts';
import { controller, livenessProbe, readinessProbe } from '../manifests.ts';

type Workload = ReturnType<typeof controller>;

const probes = { container: { readinessProbe, livenessProbe } };
const image = 'web:v2';
const pause = { at: 1, set: ['spec.paused=true'] };
const resume = { at: 700, set: ['spec.paused=false'] };

/** Counts the adds to the work queues of the controllers. */
function countAdds(manifest: Workload, options: PredictOptions): number {
  const add = jest.spyOn(WorkQueue.prototype, 'add');
  predictOnce(manifest, options);
  const count = add.mock.calls.length;
  add.mockRestore();
  return count;
}

describe('controllers do not poll a workload that cannot proceed', () => {
  test.each<[string, Workload, PredictOptions]>([
    ['a paused Deployment', controller({ replicas: 2, paused: true, ...probes }), { image }],
    [
      'a Deployment paused during a rollout',
      controller({ replicas: 4, ...probes }),
      { image, then: [pause] },
    ],
    [
      'pods that fit on no node',
      controller({ replicas: 2, ...probes }),
      { replicas: 8, capacity: { pods: 4 } },
    ],
  ])('%s: ten times the limit takes no more syncs', (_title, manifest, options) => {
    const [short, long] = [1200, 12_000].map((limit) => countAdds(manifest, { ...options, limit }));
    expect(long).toBe(short);
    expect(predictOnce(manifest, options).end.reason).toBe('stalled');
  });
});

test('the end of a paused Deployment names the pause', () => {
  const { end } = predictOnce(controller({ replicas: 2, paused: true }), { image });
  expect(end).toMatchObject({ reason: 'stalled' });
  expect(end.message).toContain('is paused');
});

test('the progress deadline does not run during a pause', () => {
  const fields = { replicas: 4, progressDeadlineSeconds: 60, ...probes };
  const { end, events } = predictOnce(controller(fields), { image, then: [pause, resume] });
  expect(end.reason).toBe('settled');
  expect(events?.map(({ reason }) => reason)).not.toContain('ProgressDeadlineExceeded');
});
