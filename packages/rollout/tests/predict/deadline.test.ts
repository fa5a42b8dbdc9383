import { predictOnce, type PredictOptions, type Timeline } from '../../src/index.ts';
import { predictInput } from '../inputs.ts';
import { controller, readinessProbe } from '../manifests.ts';

const image = 'web:v2';
const run = (fields: object, options: PredictOptions = {}): Timeline =>
  predictOnce(controller({ replicas: 2, container: { readinessProbe }, ...fields }), { image, ...options });
const exceeded = ({ events = [] }: Timeline): number[] =>
  events.filter(({ reason }) => reason === 'ProgressDeadlineExceeded').map(({ at }) => Math.floor(at));
const slow = (seconds: number): PredictOptions => ({ behaviour: { startDelay: { new: seconds } } });

describe('the progress deadline', () => {
  test('sets a condition, and the rollout goes on', () => {
    const timeline = predictInput('twenty-minutes', slow(1140));
    expect(exceeded(timeline)).toEqual([600 + 1]);
    expect(timeline.end.reason).toBe('settled');
    expect(timeline.end.at).toBeGreaterThan(1140);
    expect(timeline.end.at).toBeLessThan(1160);
  });

  test('can be exceeded once for each pod that starts late', () => {
    const timeline = run({ maxSurge: 1, maxUnavailable: 0, progressDeadlineSeconds: 30 }, slow(100));
    expect(exceeded(timeline)).toHaveLength(2);
    expect(timeline.end.reason).toBe('settled');
  });

  test('of the largest int32 is none', () => {
    const timeline = run({ progressDeadlineSeconds: 2 ** 31 - 1 }, slow(1e9));
    expect(exceeded(timeline)).toEqual([]);
    expect(timeline.end).toMatchObject({ reason: 'limit', at: 1200 });
  });
});

describe('the limit by default', () => {
  const never = { behaviour: { crashAfter: { new: 1 } } };
  const late = { ...readinessProbe, initialDelaySeconds: 20 };

  test.each<[string, object, PredictOptions, number]>([
    ['1200 s', { progressDeadlineSeconds: 60 }, never, 1200],
    ['later than a longer progress deadline', { progressDeadlineSeconds: 3600 }, never, 4200],
    ['counted from the last change', {}, { ...never, then: [{ at: 1500, replicas: 3 }] }, 2700],
  ])('is %s', (_title, fields, options, limit) => {
    const timeline = run({ container: { readinessProbe: late }, ...fields }, options);
    expect(timeline.end).toMatchObject({ reason: 'stalled', at: limit });
  });

  test('is late enough for slow starts', () => {
    expect(run({ maxSurge: 1, maxUnavailable: 0 }, slow(1500)).end.reason).toBe('settled');
    const initContainers = [{ name: 'migrate', image: 'migrate:v1' }];
    const behaviour = { init: { new: 1500 } };
    expect(run({ pod: { initContainers } }, { behaviour }).end.reason).toBe('settled');
    const fields = { minReadySeconds: 800, progressDeadlineSeconds: 900, maxSurge: 1, maxUnavailable: 0 };
    expect(run(fields).end.reason).toBe('settled');
  });
});

describe('the shortest time to predict', () => {
  test.each([30, 300, 3000])('leaves a settled workload settled (%d s)', (goOnFor) => {
    expect(run({}, { goOnFor }).end).toEqual({ at: goOnFor, reason: 'settled' });
  });

  test('is not longer than the limit', () => {
    expect(() => run({}, { goOnFor: 50, limit: 20 })).toThrow('--limit 20: shorter than the 50 s of --for');
  });
});
