import { predictOnce, type PredictOptions, type Timeline } from '../../src/index.ts';
import { predictInput } from '../inputs.ts';
import { controller, livenessProbe, readinessProbe } from '../manifests.ts';
import { holds, states } from '../timelines.ts';

const image = 'web:v2';
const probes = { readinessProbe, livenessProbe };
const slow = { startDelay: { new: 60 } };
const run = (options: PredictOptions, fields: object = {}): Timeline =>
  predictOnce(
    controller({ replicas: 3, maxSurge: 1, maxUnavailable: 0, container: probes, ...fields }),
    options,
  );
const readyTimes = ({ pods }: Timeline): number[] =>
  pods.flatMap((lane) => lane.states.find(({ state }) => state === 'ready')?.at ?? []);

describe('the behaviour of old pods', () => {
  test('crashes them, counted from the change', () => {
    const { pods } = run({ image, behaviour: { ...slow, crashAfter: { old: 20 } } });
    const crashes = pods
      .filter(({ version }) => version === 'old')
      .map((lane) => lane.states.find(({ state }) => state === 'crashed')?.at ?? NaN);
    expect(crashes).toHaveLength(3);
    for (const at of crashes) expect(at).toBeGreaterThan(20);
    for (const at of crashes) expect(at).toBeLessThan(22);
  });

  test('hangs them, so that their readiness probe fails', () => {
    const timeline = run({ image, behaviour: { ...slow, hangAfter: { old: 20 } } });
    expect(states(timeline, 'old').every((each) => each.includes('unready'))).toBe(true);
    expect(holds(timeline, 'no-outage')).toBe(false);
  });

  test('that start longer than they have existed keeps them unready, and they go first', () => {
    const timeline = predictInput('old-broken', { behaviour: { startDelay: { old: 9999 } } });
    expect(timeline.samples.every(({ old }) => old.ready === 0)).toBe(true);
    expect(timeline.samples.find(({ at }) => at > 0)?.old).toMatchObject({ total: 1 });
    expect(holds(timeline, 'replaced')).toBe(true);
    expect(holds(timeline, 'within-budget')).toBe(true);
  });

  test('is not that of a slow start that is given for all pods', () => {
    expect(run({ image, behaviour: { startDelay: 4000 } }).samples[0]?.old.ready).toBe(3);
  });

  test('that start in less time keeps them ready', () => {
    expect(run({ image, behaviour: { startDelay: { old: 600 } } }).samples[0]?.old.ready).toBe(3);
  });

  test('of an unready version that is only scaled up leaves the progress deadline exceeded', () => {
    const { events = [] } = run({ replicas: 4, behaviour: { startDelay: { old: 9999 } } });
    expect(events.filter(({ reason }) => reason === 'ProgressDeadlineExceeded')).toHaveLength(1);
  });
});

describe('without a new version', () => {
  test('new are the pods that are created after the change', () => {
    const timeline = run(
      { replicas: 5, behaviour: { startDelay: { new: 15 } } },
      { container: { readinessProbe } },
    );
    const times = readyTimes(timeline);
    expect(times.slice(0, 3)).toEqual([-1, -1, -1]);
    for (const at of times.slice(3)) expect(at).toBeGreaterThan(15);
    expect(times).toHaveLength(5);
  });

  test('the behaviour of old pods is that of the created ones too', () => {
    const times = readyTimes(
      run({ replicas: 5, behaviour: { startDelay: { old: 15 } } }, { container: { readinessProbe } }),
    );
    expect(times).toHaveLength(5);
    for (const at of times.slice(3)) expect(at).toBeGreaterThan(15);
  });

  test('a pod of the old version that a rollback creates behaves as the old version', () => {
    const { end } = run({ image, then: [{ at: 5, image: 'web:v1' }], behaviour: slow });
    expect(end.at).toBeLessThan(20);
  });
});

test('a revision that no change makes is refused', () => {
  expect(() => run({ image, behaviour: { startDelay: { '2': 5 } } })).toThrow(
    '--start-delay 2=…: no such revision, the revisions are 0 (old) to 1',
  );
});

test('a crash or hang that is known ends no prediction before it', () => {
  const { end, pods } = run({ image, behaviour: { crashAfter: { new: 90 } } });
  expect(pods.filter(({ version }) => version === 'new').every(({ restarts }) => restarts >= 1)).toBe(true);
  expect(end.reason).toBe('settled');
  expect(end.at).toBeGreaterThan(90);
});
