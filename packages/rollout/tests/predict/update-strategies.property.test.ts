import fc from 'fast-check';
import { predictOnce, type Timeline } from '../../src/index.ts';
import { daemonSetLimits, statefulSetUnavailable } from '../../src/rules/fenceposts.ts';
import { controller, readinessProbe } from '../manifests.ts';
import { runs } from '../runs.ts';

const behaviours = fc.record({
  startDelay: fc.constantFrom(0, 2, 7),
  drain: fc.constantFrom(0, 3),
  minReadySeconds: fc.constantFrom(0, 0, 3),
  seed: fc.nat(),
});
const image = 'web:v2';

/** The most pods of one name or node that exist at a time. */
function mostTogether(
  { pods }: Timeline,
  keyOf: (lane: Timeline['pods'][number]) => string | undefined,
): number {
  const steps = pods.flatMap(({ states, ...lane }) => {
    const key = keyOf({ states, ...lane }) ?? '';
    const gone = states.find(({ state }) => state === 'gone')?.at ?? Infinity;
    return [
      { key, at: states[0]?.at ?? 0, by: 1 },
      { key, at: gone, by: -1 },
    ];
  });
  const counts = new Map<string, number>();
  let most = 0;
  for (const { key, by } of steps.sort((a, b) => a.at - b.at || a.by - b.by)) {
    const count = (counts.get(key) ?? 0) + by;
    counts.set(key, count);
    most = Math.max(most, count);
  }
  return most;
}

/** The fewest available pods since the change. */
const fewestAvailable = ({ samples }: Timeline): number =>
  Math.min(...samples.map(({ old, new: now }) => old.available + now.available));

test('any StatefulSet settles: one pod of a name at a time, the partition kept, no more unavailable than allowed', () => {
  const sets = fc.record({
    replicas: fc.integer({ min: 1, max: 7 }),
    partition: fc.integer({ min: 0, max: 8 }),
    maxUnavailable: fc.option(
      fc.oneof(fc.integer({ min: 1, max: 4 }), fc.constantFrom('20%', '50%', '100%')),
    ),
    parallel: fc.boolean(),
    start: fc.constantFrom(0, 0, 3),
    behaviour: behaviours,
  });
  fc.assert(
    fc.property(sets, ({ replicas, partition, maxUnavailable, parallel, start, behaviour }) => {
      const { startDelay, drain, minReadySeconds, seed } = behaviour;
      const manifest = controller({
        kind: 'StatefulSet',
        replicas,
        minReadySeconds,
        ordinals: { start },
        updateStrategy: { rollingUpdate: { partition, ...(maxUnavailable !== null && { maxUnavailable }) } },
        ...(parallel && { podManagementPolicy: 'Parallel' }),
        container: { readinessProbe },
      });
      const timeline = predictOnce(manifest, {
        image,
        seed,
        load: 0,
        behaviour: { startDelay: { new: startDelay }, drain },
      });
      const updated = Math.max(0, replicas - partition);
      expect(timeline.end.reason).toBe('settled');
      expect(timeline.samples.at(-1)).toMatchObject({
        old: { total: replicas - updated, terminating: 0 },
        new: { total: updated, available: updated },
      });
      expect(mostTogether(timeline, ({ pod }) => pod)).toBe(1);
      expect(fewestAvailable(timeline)).toBeGreaterThanOrEqual(
        replicas - statefulSetUnavailable(maxUnavailable ?? 1, replicas),
      );
    }),
    { numRuns: runs(40) },
  );
});

test('any DaemonSet settles: one pod on a node, two with a surge, no more unavailable than allowed', () => {
  const limit = fc.oneof(fc.integer({ min: 1, max: 5 }), fc.constantFrom('10%', '50%', '100%'));
  const sets = fc.record({
    nodes: fc.integer({ min: 1, max: 7 }),
    limit,
    surges: fc.boolean(),
    behaviour: behaviours,
  });
  fc.assert(
    fc.property(sets, ({ nodes, limit: pods, surges, behaviour }) => {
      const { startDelay, drain, minReadySeconds, seed } = behaviour;
      const rollingUpdate = surges
        ? { maxSurge: pods, maxUnavailable: 0 }
        : { maxSurge: 0, maxUnavailable: pods };
      const manifest = controller({
        kind: 'DaemonSet',
        minReadySeconds,
        updateStrategy: { rollingUpdate },
        container: { readinessProbe },
      });
      const options = { image, seed, load: 0, behaviour: { startDelay: { new: startDelay }, drain } };
      const timeline = predictOnce(manifest, { ...options, capacity: { nodes } });
      const { maxSurge, maxUnavailable } = daemonSetLimits(rollingUpdate, nodes);
      expect(timeline.end.reason).toBe('settled');
      expect(timeline.samples.at(-1)).toMatchObject({
        old: { total: 0 },
        new: { total: nodes, available: nodes },
      });
      expect(mostTogether(timeline, ({ node }) => node)).toBeLessThanOrEqual(surges ? 3 : 1);
      expect(fewestAvailable(timeline)).toBeGreaterThanOrEqual(nodes - (surges ? 0 : maxUnavailable));
      const live = timeline.samples.map(({ old, new: now }) => old.total + now.total);
      expect(Math.max(...live)).toBeLessThanOrEqual(nodes + maxSurge);
    }),
    { numRuns: runs(40) },
  );
});
