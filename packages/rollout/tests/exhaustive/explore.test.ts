import { readFileSync } from 'node:fs';
import path from 'node:path';
import { check, describeTimeline, predict } from '../../src/index.ts';
import { exploreOrders } from '../../src/exhaustive/explore.ts';
import { controller } from '../manifests.ts';
import { graphOf, manifestOf, specOf, type Case } from './cases.ts';

const outcomesOf = (fields: Case): Record<string, string> =>
  Object.fromEntries(
    [...(exploreOrders(specOf(fields))?.verdicts ?? [])].map(([name, { outcome }]) => [name, outcome]),
  );

test.each([
  [
    { replicas: 3, maxSurge: 3, maxUnavailable: 0 },
    { 'blue-green': 'race', 'full-strength': 'always' },
  ],
  [{ replicas: 3, maxSurge: 3, maxUnavailable: 0, minReadySeconds: 3 }, { 'blue-green': 'always' }],
  [
    { replicas: 3, maxSurge: 1, maxUnavailable: 0 },
    { 'blue-green': 'never', rolling: 'always' },
  ],
  [
    { replicas: 4, maxSurge: 1, maxUnavailable: 1 },
    { 'within-budget': 'race', 'no-outage': 'always' },
  ],
  [
    { replicas: 4, maxSurge: 0, maxUnavailable: 4 },
    { 'no-outage': 'race', replaced: 'always' },
  ],
])('%j: %j in every order of steps', (fields, outcomes) => {
  expect(outcomesOf(fields)).toMatchObject(outcomes);
});

// 4 replicas, surge 4, unavailable 50 %: 8 live pods were recorded.
test('finds the most pods that were recorded', () => {
  const { orders } = exploreOrders(specOf({ replicas: 4, maxSurge: 4, maxUnavailable: 2 })) ?? {};
  expect(orders).toMatchObject({ mostLive: 8, fewestReady: 2 });
});

test('a counterexample is the smallest one: more pods than replicas + maxSurge before any is deleted', () => {
  const explored = exploreOrders(specOf({ replicas: 4, maxSurge: 1, maxUnavailable: 1 }));
  const steps = explored?.verdicts.get('within-budget')?.counterexample ?? [];
  expect(steps.map(({ does }) => does)).toEqual([
    'before the change',
    'Deployment controller: new ReplicaSet of 1',
    'Deployment controller: old ReplicaSet to 3',
    'Deployment controller: new ReplicaSet to 2',
    'ReplicaSet controller: creates a new pod',
    'ReplicaSet controller: creates a new pod',
  ]);
  expect(steps.at(-1)).toMatchObject({ old: { total: 4 }, new: { total: 2 } });
});

const surges = [0, 1, 2, 3, 4];

test('never fewer available pods than replicas - maxUnavailable, and every order ends replaced', () => {
  for (const replicas of [1, 2, 3, 4])
    for (const maxSurge of surges)
      for (const maxUnavailable of surges.filter((each) => each + maxSurge > 0)) {
        const graph = graphOf({ replicas, maxSurge, maxUnavailable });
        const available = graph.map(({ counts }) => counts.old.available + counts.new.available);
        expect(Math.min(...available)).toBeGreaterThanOrEqual(replicas - maxUnavailable);
        const ends = graph.filter(({ edges }) => edges.length === 0);
        expect(ends.map(({ counts }) => counts)).toMatchObject([
          { old: { total: 0, terminating: 0 }, new: { total: replicas, available: replicas } },
        ]);
      }
});

const QUOTA = `
apiVersion: v1
kind: ResourceQuota
metadata: { name: pods }
spec: { hard: { pods: "2" } }
`;

const exhaustive = { image: 'web:v2', exhaustive: true, draws: 20 };

test('a verdict that every draw has and some order of steps has not is a race', () => {
  const fields = { replicas: 2, maxSurge: 2, maxUnavailable: 2 };
  const timeline = predict(manifestOf(fields), { ...exhaustive, load: 0, behaviour: { startDelay: 30 } });
  const drawn = timeline.prediction?.verdicts?.find(({ situation }) => situation === 'blue-green');
  expect(drawn).toMatchObject({ held: 0, draws: 20, orders: { outcome: 'race' } });
  expect(check(timeline, 'not-blue-green')).toMatchObject({ outcome: 'race', holds: false });
  expect(check(timeline, 'not-blue-green', { atLeast: 0.9 })).toMatchObject({ outcome: 'race', holds: true });
  expect(check(timeline, 'blue-green').orders?.holds?.at(-1)).toMatchObject({
    old: { ready: 2 },
    new: { ready: 2 },
  });
});

test.each([
  ['replicas', manifestOf({ replicas: 20, maxSurge: 10, maxUnavailable: 10 }), {}, /more than 50000 states/],
  [
    'crash',
    manifestOf({ replicas: 2, maxSurge: 1, maxUnavailable: 0 }),
    { behaviour: { crashAfter: { new: 5 } } },
    /stay ready/,
  ],
  [
    'scaling',
    manifestOf({ replicas: 2, maxSurge: 1, maxUnavailable: 0 }),
    { replicas: 3 },
    /replicas is not explored/,
  ],
  [
    'no room',
    manifestOf({ replicas: 2, maxSurge: 1, maxUnavailable: 0 }),
    { capacity: { nodes: 1, pods: 2 } },
    /stay ready/,
  ],
  [
    'quota',
    `${QUOTA}---\n${JSON.stringify(manifestOf({ replicas: 2, maxSurge: 1, maxUnavailable: 1 }))}`,
    {},
    /FailedCreate/,
  ],
  ['one draw', manifestOf({ replicas: 2, maxSurge: 1, maxUnavailable: 0 }), { draws: 1 }, /at least 2 draws/],
  ['recreation', controller({ strategy: { type: 'Recreate' } }), {}, /only rolling updates/],
  ['kind', controller({ kind: 'ReplicaSet' }), {}, /only rolling updates of a Deployment/],
])('refuses what is not explored: %s', (_, manifest, options, message) => {
  expect(() => predict(manifest, { ...exhaustive, ...options })).toThrow(message);
});

test('the README shows what predict prints', () => {
  const readme = readFileSync(path.join(__dirname, '../../README.md'), 'utf8');
  const block = /--exhaustive --expect within-budget\n([^`]*)/.exec(readme)?.[1]?.split('\n') ?? [];
  const shown = block.filter((line) => line !== '' && line !== '…');
  const timeline = predict(manifestOf({ replicas: 3, maxSurge: 1, maxUnavailable: 0 }), {
    image: 'web:v2',
    exhaustive: true,
  });
  expect(shown).toHaveLength(12);
  const lines = describeTimeline(timeline, [check(timeline, 'within-budget')]);
  expect(lines).toEqual(expect.arrayContaining(shown));
});
