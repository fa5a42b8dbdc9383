import fc from 'fast-check';
import { predictOnce, type Timeline } from '../../src/index.ts';
import { controller } from '../manifests.ts';
import { runs } from '../runs.ts';

const hostname = 'kubernetes.io/hostname';
const labelSelector = { matchLabels: { app: 'web' } };

const rules = {
  none: {},
  antiAffinity: {
    affinity: {
      podAntiAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: hostname, labelSelector }],
      },
    },
  },
  spread: {
    topologySpreadConstraints: [
      { maxSkew: 1, topologyKey: hostname, whenUnsatisfiable: 'DoNotSchedule', labelSelector },
    ],
  },
};

const cases = fc.record({
  rule: fc.constantFrom<keyof typeof rules>('none', 'antiAffinity', 'spread'),
  hostPort: fc.boolean(),
  cpu: fc.constantFrom(0, 1, 2),
  nodes: fc.integer({ min: 1, max: 5 }),
  replicas: fc.integer({ min: 0, max: 6 }),
  maxSurge: fc.integer({ min: 0, max: 4 }),
  maxUnavailable: fc.integer({ min: 1, max: 3 }),
  scaleTo: fc.option(fc.integer({ min: 0, max: 8 }), { nil: undefined }),
  known: fc.boolean(),
  seed: fc.nat(),
});
type Case = typeof cases extends fc.Arbitrary<infer Value> ? Value : never;

const CPUS = 4;

function run({ rule, hostPort, cpu, nodes, known, replicas, maxSurge, maxUnavailable, scaleTo, seed }: Case) {
  const container = {
    ports: [{ containerPort: 80, ...(hostPort && { hostPort: 80 }) }],
    resources: { requests: { cpu } },
  };
  const manifest = controller({ replicas, maxSurge, maxUnavailable, container, pod: rules[rule] });
  const capacity = known ? { nodes, cpu: CPUS } : undefined;
  return predictOnce(manifest, { image: 'web:v2', replicas: scaleTo, capacity, seed });
}

/** Returns the most pods that run on one node at one time, terminating ones included. */
function mostOnOneNode({ pods }: Timeline): number {
  const spans = pods.flatMap(({ node, states }) => {
    const from = states.find(({ state }) => state !== 'pending')?.at;
    const to = states.find(({ state }) => state === 'gone')?.at ?? Infinity;
    return node === undefined || from === undefined ? [] : [{ node, from, to }];
  });
  return spans.reduce((most, { node, from }) => {
    const here = spans.filter((each) => each.node === node && each.from <= from && from < each.to);
    return Math.max(most, here.length);
  }, 0);
}

test('no node ever runs pods that it cannot run together', () => {
  fc.assert(
    fc.property(cases, (given) => {
      const alone = given.hostPort || given.rule === 'antiAffinity';
      const room = given.known && given.cpu > 0 ? CPUS / given.cpu : Infinity;
      expect(mostOnOneNode(run(given))).toBeLessThanOrEqual(Math.min(room, alone ? 1 : Infinity));
    }),
    { numRuns: runs(200) },
  );
});

test('without a known number of nodes every rollout settles', () => {
  fc.assert(
    fc.property(cases, (given) => {
      expect(run({ ...given, known: false }).end.reason).toBe('settled');
    }),
    { numRuns: runs(100) },
  );
});

test('a pod that waits says why', () => {
  fc.assert(
    fc.property(cases, (given) => {
      const timeline = run(given);
      const stuck = timeline.pods.filter(({ states }) => states.at(-1)?.state === 'pending');
      for (const { states } of stuck) expect(states.at(-1)?.reason).toBe('Unschedulable');
      expect(timeline.end.reason).toBe(stuck.length > 0 ? 'stalled' : 'settled');
    }),
    { numRuns: runs(200) },
  );
});
