import fc from 'fast-check';
import type { Node } from '../../src/exhaustive/graph.ts';
import { createMonitors } from '../../src/exhaustive/monitors.ts';
import { searchOrders } from '../../src/exhaustive/search.ts';
import type { VersionCounts } from '../../src/exhaustive/state.ts';
import { predictOnce, situations, type Timeline } from '../../src/index.ts';
import { graphOf, manifestOf, specOf } from './cases.ts';
import { isIncluded } from './traces.ts';
import { runs } from '../runs.ts';
import { exploreUnreduced } from './unreduced.ts';

const smallCases = fc
  .record({
    replicas: fc.integer({ min: 1, max: 4 }),
    maxSurge: fc.integer({ min: 0, max: 4 }),
    maxUnavailable: fc.integer({ min: 0, max: 4 }),
    minReadySeconds: fc.constantFrom(0, 0, 1, 30),
  })
  .filter(({ maxSurge, maxUnavailable }) => maxSurge + maxUnavailable > 0);

test.each(
  [
    { replicas: 1, maxSurge: 1, maxUnavailable: 1 },
    { replicas: 2, maxSurge: 0, maxUnavailable: 1 },
    { replicas: 2, maxSurge: 2, maxUnavailable: 0 },
    { replicas: 3, maxSurge: 1, maxUnavailable: 0 },
  ].slice(0, runs(20)),
)('%j: informers, expectations, versions and conflicts add no order of counts and prevent none', (fields) => {
  const spec = specOf(fields);
  const [reduced, unreduced] = [graphOf(fields), exploreUnreduced(spec)];
  expect(isIncluded(unreduced, reduced)).toBe(true);
  expect(isIncluded(reduced, unreduced)).toBe(true);
  for (const monitor of createMonitors(spec, false))
    expect(searchOrders(reduced, monitor).outcome).toBe(searchOrders(unreduced, monitor).outcome);
});

/** Returns the states that follow these after any number of steps. */
function findReachable(graph: readonly Node[], from: Iterable<number>): Set<number> {
  const reached = new Set(from);
  for (const place of reached) for (const { to } of graph[place]?.edges ?? []) reached.add(to);
  return reached;
}

/** Returns the states at the end of every order of steps that has these counts one after another. */
function follow(
  graph: readonly Node[],
  wanted: readonly string[],
  describe: (counts: VersionCounts) => string,
): Set<number> {
  let places = new Set([0]);
  for (const counts of wanted) {
    const next = [...findReachable(graph, places)].filter((place) => {
      const node = graph[place];
      return node && describe(node.counts) === counts;
    });
    places = new Set(next);
    expect({ counts, possible: places.size > 0 }).toEqual({ counts, possible: true });
  }
  return places;
}

test('the counts of every draw are those of an order of steps', () => {
  fc.assert(
    fc.property(smallCases, fc.nat(), fc.constantFrom(0, 3), (fields, seed, drain) => {
      const graph = graphOf(fields);
      const options = { image: 'web:v2', seed, load: 0, behaviour: { drain } };
      const { samples } = predictOnce(manifestOf(fields), options);
      const wanted = samples.map(({ old, new: now }) => JSON.stringify({ old, new: now }));
      const places = follow(graph, wanted, (counts) => JSON.stringify(counts));
      expect([...places].map((place) => graph[place]?.edges)).toContainEqual([]);
    }),
    { numRuns: runs(60) },
  );
});

/** Counts as `old ready + terminating | new total / ready`, the same on Kubernetes 1.27 and 1.35. */
test.each([
  [
    { replicas: 3, maxSurge: 1, maxUnavailable: 0 },
    '3+0|0/0 3+0|1/0 3+0|1/1 2+1|1/1 2+1|2/1 2+0|2/1 2+0|2/2 1+1|2/2 1+1|3/2 1+0|3/2 1+0|3/3 0+1|3/3 0+0|3/3',
  ],
  [
    { replicas: 3, maxSurge: 1, maxUnavailable: 1 },
    '3+0|0/0 3+0|1/0 2+1|1/0 2+1|2/0 2+0|2/0 2+0|2/1 1+1|2/1 1+1|3/1 1+1|3/2 0+2|3/2 0+1|3/2 0+0|3/2 0+0|3/3',
  ],
])('the recorded counts of %j are those of an order of steps', (fields, recorded) => {
  const places = follow(
    graphOf(fields),
    recorded.split(' '),
    ({ old, new: now }) => `${old.ready}+${old.terminating}|${now.total}/${now.ready}`,
  );
  expect(places.size).toBeGreaterThan(0);
});

/** Returns the states of an order that chance picks. */
function walk(graph: readonly Node[], choices: readonly number[]): Node[] {
  const path: Node[] = [];
  let node = graph[0];
  while (node) {
    path.push(node);
    const { edges } = node;
    const choice = (choices[path.length % choices.length] ?? 0) % Math.max(1, edges.length);
    node = graph[edges[choice]?.to ?? -1];
  }
  return path;
}

/** Returns a timeline with a state each 10 s. */
function timelineOf(path: readonly Node[], template: Timeline): Timeline {
  const samples = path.map(({ counts }, index) => ({ at: 10 * index, ...counts }));
  const end = { at: 10 * path.length, reason: 'settled' as const };
  return { ...template, samples, end };
}

test('an order is judged like a timeline of its counts', () => {
  const choices = fc.array(fc.nat({ max: 59 }), { minLength: 5, maxLength: 80 });
  fc.assert(
    fc.property(smallCases, choices, (fields, picks) => {
      const path = walk(graphOf(fields), picks);
      const template = predictOnce(manifestOf(fields), { image: 'web:v2', load: 0 });
      const timeline = timelineOf(path, template);
      for (const { situation, next, holds } of createMonitors(specOf(fields), false)) {
        const memory = path.reduce((before, { counts }) => next(before, counts), 0);
        const found = situations.find(({ name }) => name === situation)?.find(timeline);
        expect({ situation, holds: holds(memory) }).toEqual({ situation, holds: found?.holds });
      }
    }),
    { numRuns: runs(60) },
  );
});
