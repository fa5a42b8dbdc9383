import { predict, type PredictOptions } from '../src';
import { WorkQueue } from '../src/simulation/work-queue';
import { controller, livenessProbe, readinessProbe } from './manifests';

const probes = { container: { readinessProbe, livenessProbe } };
const image = 'web:v2';
const pause = { at: 1, set: ['spec.paused=true'] };
const resume = { at: 700, set: ['spec.paused=false'] };

/** How often a controller was told to look at something. */
function looks(manifest: ReturnType<typeof controller>, options: PredictOptions): number {
  const add = jest.spyOn(WorkQueue.prototype, 'add');
  predict(manifest, options);
  const count = add.mock.calls.length;
  add.mockRestore();
  return count;
}

describe('nothing is looked at again and again for nothing', () => {
  const table: [string, ReturnType<typeof controller>, PredictOptions][] = [
    ['a paused Deployment', controller({ replicas: 2, paused: true, ...probes }), { image }],
    ['a pause in the middle', controller({ replicas: 4, ...probes }), { image, then: [pause] }],
    ['no room', controller({ replicas: 2, ...probes }), { replicas: 8, capacity: { pods: 4 } }],
  ];
  test.each(table)('%s: ten times the limit takes no more', (_title, manifest, options) => {
    const [short, long] = [1200, 12_000].map((limit) => looks(manifest, { ...options, limit }));
    expect(long).toBe(short);
    expect(predict(manifest, options).end.reason).toBe('stalled');
  });
});

test('a Deployment that is paused says so at its end', () => {
  const { end } = predict(controller({ replicas: 2, paused: true }), { image });
  expect(end).toMatchObject({ reason: 'stalled' });
  expect(end.message).toContain('is paused');
});

test('the progress deadline does not run during a pause', () => {
  const fields = { replicas: 4, progressDeadlineSeconds: 60, ...probes };
  const { end, events } = predict(controller(fields), { image, then: [pause, resume] });
  expect(end.reason).toBe('settled');
  expect(events?.map(({ reason }) => reason)).not.toContain('ProgressDeadlineExceeded');
});
