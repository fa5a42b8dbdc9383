import fc from 'fast-check';
import {
  predictOnce,
  resolveFenceposts,
  type Lane,
  type PredictOptions,
  type Timeline,
} from '../../src/index.ts';
import { controller, readinessProbe } from '../manifests.ts';
import { runs } from '../runs.ts';

const image = 'web:v2';
const seconds = (...values: number[]): fc.Arbitrary<number> => fc.constantFrom(...values);
const probe = fc.record({
  httpGet: fc.constant({ path: '/', port: 80 }),
  initialDelaySeconds: seconds(0, 0, 3, 10),
  periodSeconds: seconds(1, 2, 5, 10),
  timeoutSeconds: seconds(1, 3),
  failureThreshold: seconds(1, 2, 3),
});
const successThreshold = seconds(1, 1, 2, 3);
/** Leaves fields out that are undefined. */
const present = <Value extends object>(value: Value): Partial<Value> =>
  Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as Partial<Value>;
const optional = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.option(value, { nil: undefined });
const probes = fc.record({
  readinessProbe: optional(
    fc.tuple(probe, successThreshold).map(([each, times]) => ({ ...each, successThreshold: times })),
  ),
  livenessProbe: optional(probe),
  startupProbe: optional(probe),
});
const fence = fc.oneof(fc.integer({ min: 0, max: 4 }), fc.constantFrom('25%', '50%', '100%'));
const workloads = fc
  .record({ replicas: fc.integer({ min: 1, max: 4 }), maxSurge: fence, maxUnavailable: fence })
  .filter(({ maxSurge, maxUnavailable }) => maxSurge !== 0 || maxUnavailable !== 0);
const faults = fc.record({
  crashAfter: seconds(0, 0.2, 1, 3, 8, 20),
  hangAfter: seconds(0, 1, 6, 15),
  startDelay: seconds(0, 2, 12),
  boot: seconds(0, 1),
  drain: seconds(0, 4),
});
const cases = fc.record({
  workload: workloads,
  probes,
  preStop: optional(seconds(0, 5, 40)),
  grace: seconds(0, 5, 30),
  faults,
  seed: fc.nat(),
});
type Case = typeof cases extends fc.Arbitrary<infer Value> ? Value : never;

function run({ workload, probes: given, preStop, grace, faults: new_, seed }: Case): Timeline {
  const container = {
    ...present(given),
    ...(preStop !== undefined && { lifecycle: { preStop: { exec: { command: ['sleep', `${preStop}`] } } } }),
  };
  const pod = { terminationGracePeriodSeconds: grace };
  const byVersion = Object.entries(new_).map(([name, value]) => [name, { new: value }]);
  const behaviour = Object.fromEntries(byVersion) as PredictOptions['behaviour'];
  const manifest = controller({ ...workload, container, pod, progressDeadlineSeconds: 60 });
  return predictOnce(manifest, { image, seed, limit: 400, ...(behaviour && { behaviour }) });
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** The spans in which a pod is ready. */
const readySpans = ({ states }: Lane): Span[] =>
  states.flatMap(({ at, state }, index) =>
    state === 'ready' ? [{ from: at, to: states[index + 1]?.at ?? at }] : [],
  );

/** A crash is seen at the next relist, after up to 1 s, and then written. */
const SEEN_SECONDS = 1.5;

test('no pod is ready while its container does not run', () => {
  fc.assert(
    fc.property(cases, (each) => {
      const { crashAfter } = each.faults;
      const { readinessProbe, startupProbe } = each.probes;
      for (const lane of run(each).pods.filter(({ version }) => version === 'new')) {
        const spans = readySpans(lane);
        const runs = lane.restarts + 1;
        if (crashAfter === 0) continue;
        // Each run is ready at most once, for less than it lives.
        expect(spans.length).toBeLessThanOrEqual(runs);
        for (const { from, to } of spans) expect(to - from).toBeLessThan(crashAfter + SEEN_SECONDS);
        const delays = [readinessProbe, startupProbe].map((given) => given?.initialDelaySeconds ?? 0);
        // The kubelet truncates the start of the container to whole seconds.
        if (Math.max(...delays) - 1 > crashAfter) expect(spans).toEqual([]);
      }
    }),
    { numRuns: runs(150) },
  );
});

test('a new version that is never ready leaves maxUnavailable intact, and no old pod goes for it', () => {
  const never = cases.map((each) => ({
    ...each,
    probes: {
      ...each.probes,
      readinessProbe: { ...readinessProbe, ...each.probes.readinessProbe, initialDelaySeconds: 10 },
    },
    faults: { ...each.faults, crashAfter: 3 },
  }));
  fc.assert(
    fc.property(never, (each) => {
      const { replicas, maxSurge, maxUnavailable } = each.workload;
      const { unavailable } = resolveFenceposts(maxSurge, maxUnavailable, replicas);
      const { samples, end } = run(each as Case);
      const least = Math.max(0, replicas - unavailable);
      expect(samples.filter(({ old }) => old.ready < least)).toEqual([]);
      expect(samples.filter(({ new: now }) => now.ready > 0)).toEqual([]);
      expect(end.reason).toBe('stalled');
    }),
    { numRuns: runs(100) },
  );
});

test('a prediction stays within its budget, whatever the new version does', () => {
  fc.assert(
    fc.property(cases, (each) => {
      const { replicas, maxSurge, maxUnavailable } = each.workload;
      const { surge, unavailable } = resolveFenceposts(maxSurge, maxUnavailable, replicas);
      const { samples, pods } = run(each);
      for (const { at, old, new: now } of samples) {
        // Real controllers exceeded the surge for a moment, by up to 6 pods.
        expect(old.total + now.total).toBeLessThanOrEqual(replicas + surge + 6);
        const failed = pods.some(
          ({ version, states }) =>
            version === 'new' &&
            states.some((state, index) => state.at <= at && states[index - 1]?.state === 'ready'),
        );
        if (!failed) expect(old.available + now.available).toBeGreaterThanOrEqual(replicas - unavailable);
      }
    }),
    { numRuns: runs(100) },
  );
});
