import fc from 'fast-check';
import { predictOnce, resolveFenceposts, type PredictOptions, type Timeline } from '../../src/index.ts';
import { controller, readinessProbe } from '../manifests.ts';

const fence = fc.oneof(
  fc.integer({ min: 0, max: 6 }),
  fc.integer({ min: 0, max: 100 }).map((percent) => `${percent}%`),
);
const deployments = fc
  .record({
    replicas: fc.integer({ min: 1, max: 12 }),
    maxSurge: fence,
    maxUnavailable: fence,
    minReadySeconds: fc.constantFrom(0, 0, 1, 5),
  })
  .filter(({ maxSurge, maxUnavailable }) => parseInt(`${maxSurge}`) + parseInt(`${maxUnavailable}`) > 0);
const cases = fc.record({
  deployment: deployments,
  startDelay: fc.constantFrom(0, 2, 7),
  drain: fc.constantFrom(0, 3),
  seed: fc.nat(),
});
type Case = typeof cases extends fc.Arbitrary<infer Value> ? Value : never;

const run = ({ deployment, startDelay, drain, seed }: Case, options: PredictOptions): Timeline =>
  predictOnce(controller({ ...deployment, container: { readinessProbe } }), {
    seed,
    behaviour: { startDelay: { new: startDelay }, drain },
    ...options,
  });

const image = 'web:v2';

/** The most that real controllers were recorded to exceed N+S by, for a moment: stale caches. */
const MOST_EXCESS = 6;

test('any Deployment settles, with at least N-U available pods and for long at most N+S live pods', () => {
  fc.assert(
    fc.property(cases, (each) => {
      const { replicas, maxSurge, maxUnavailable } = each.deployment;
      const { surge, unavailable } = resolveFenceposts(maxSurge, maxUnavailable, replicas);
      const timeline = run(each, { image });
      const broken = timeline.samples.filter(({ at, old, new: now }, index) => {
        const seconds = (timeline.samples[index + 1]?.at ?? Infinity) - at;
        const most = replicas + surge + (seconds < 1 ? MOST_EXCESS : 0);
        return old.total + now.total > most || old.available + now.available < replicas - unavailable;
      });
      expect(broken).toEqual([]);
      expect(timeline.end.reason).toBe('settled');
      expect(timeline.samples.at(-1)).toMatchObject({
        old: { total: 0, terminating: 0 },
        new: { total: replicas, ready: replicas, available: replicas },
      });
    }),
    { numRuns: 25 },
  );
});

test('any change during a rollout settles with the image and the replicas that were asked for last', () => {
  const later = fc.record({ at: fc.integer({ min: 0, max: 20 }), replicas: fc.integer({ min: 0, max: 12 }) });
  const images = fc.constantFrom('web:v1', 'web:v2', 'web:v3');
  fc.assert(
    fc.property(cases, later, fc.option(images, { nil: undefined }), (each, change, then) => {
      const second = { ...change, ...(then !== undefined && { image: then }) };
      const timeline = run(each, { image, then: [second] });
      expect(timeline.end.reason).toBe('settled');
      const live = timeline.pods.filter(({ states }) => states.at(-1)?.state === 'ready');
      expect(live.map((lane) => lane.image)).toEqual(Array(change.replicas).fill(then ?? image));
    }),
    { numRuns: 25 },
  );
});

test('the same seed gives the same timeline', () => {
  fc.assert(
    fc.property(cases, (each) => {
      expect(run(each, { image })).toEqual(run(each, { image }));
    }),
    { numRuns: 10 },
  );
});

test('a change to the same image and replicas has no effect', () => {
  fc.assert(
    fc.property(cases, (each) => {
      const { samples, end } = run(each, { image: 'web:v1', replicas: each.deployment.replicas });
      expect(samples).toHaveLength(1);
      expect(end.reason).toBe('settled');
    }),
    { numRuns: 10 },
  );
});
