import { check, predictOnce, type PredictOptions, type Timeline } from '../../src/index.ts';
import { predictInput } from '../inputs.ts';
import { controller, readinessProbe } from '../manifests.ts';

const image = 'web:v2';
const slow = { startDelay: { new: 5 } };
const run = (options: PredictOptions, fields: object = {}): Timeline =>
  predictOnce(controller({ replicas: 6, container: { readinessProbe }, ...fields }), options);
const because = (timeline: Timeline, expect: string): string => check(timeline, expect).because;

describe('old pods are counted as they are, not as there were before the change', () => {
  const paused = predictInput('paused', {
    set: ['spec.paused=true'],
    then: [
      { at: 5, replicas: 5 },
      { at: 15, set: ['spec.paused=false'] },
    ],
  });

  test('after a change of the replicas', () => {
    expect(because(paused, 'rolling')).toMatch(/ 1 of 5 old pods are gone /);
    expect(because(paused, 'blue-green')).toMatch(/^at most \d of 5 old /);
    expect(because(paused, 'recreate')).toMatch(/^5 old pods left /);
  });

  test('all of them, if the replicas and the image change together', () => {
    const fields = { maxSurge: '100%', maxUnavailable: 0, minReadySeconds: 10 };
    expect(because(run({ image, replicas: 8 }, fields), 'blue-green')).toMatch(
      /^all 8 old pods and all 8 new /,
    );
  });

  test('once, if they terminate when the first new pod exists', () => {
    expect(because(run({ image, behaviour: slow }, { maxSurge: 2 }), 'recreate')).toMatch(/^6 old pods left/);
  });
});

describe('limits are those of all replicas that were asked for', () => {
  test.each([
    [{ replicas: 20 }, 25, 5],
    [{ set: ['spec.replicas=20'] }, 25, 5],
    [{ then: [{ at: 5, replicas: 20 }] }, 25, 5],
    [{ then: [{ at: 5, set: ['spec.replicas=20'] }] }, 25, 5],
    [{ replicas: 2 }, 8, 2],
  ])('%j: at most %i, at least %i', (options, most, fewest) => {
    const { because: why } = check(run({ image, ...options }), 'within-budget');
    expect(why).toContain(`${most} live pods`);
    expect(why).toContain(`${fewest} available`);
  });

  test('and of what was available before the change', () => {
    const timeline = run({ image, behaviour: { startDelay: { old: 9999 } } });
    expect(check(timeline, 'within-budget').holds).toBe(true);
  });
});

test('replicas 0 replace nothing', () => {
  for (const options of [{ replicas: 0 }, { image, replicas: 0 }]) {
    const timeline = run(options);
    expect(timeline.end.reason).toBe('settled');
    expect(check(timeline, 'replaced').holds).toBe(false);
    expect(check(timeline, 'kept').holds).toBe(false);
    expect(check(timeline, 'within-budget').holds).toBe(true);
  }
});
