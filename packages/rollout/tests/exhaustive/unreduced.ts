import type { Node } from '../../src/exhaustive/graph.ts';
import type { WorkloadSpec } from '../../src/manifest/workload-spec.ts';
import type { Cluster } from './unreduced-cluster.ts';
import { stepsOf } from './unreduced-steps.ts';

/**
 * Explores a rollout without minReadySeconds with all that the search leaves out: informers with queues of
 * events, expectations, versions and conflicts, syncs that read before others write.
 */
export function exploreUnreduced(spec: WorkloadSpec): Node[] {
  const { replicas } = spec;
  const old = { spec: replicas, version: 0, replicas, available: replicas };
  const states: Cluster[] = [
    {
      stored: { old },
      cached: { old },
      setEvents: [],
      pods: { old: replicas, ending: 0, new: 0, ready: 0 },
      known: { old: replicas, new: 0, ready: 0 },
      podEvents: [],
      expected: { old: 0, new: 0 },
      syncs: { old: undefined, new: undefined },
      deployment: [],
      queued: { old: false, new: false, deployment: true },
    },
  ];
  const places = new Map([[JSON.stringify(states[0]), 0]]);
  const nodes: Node[] = [];
  for (const state of states) {
    const next = stepsOf(spec, state);
    const edges = next.map((each) => {
      const key = JSON.stringify(each);
      const to = places.get(key) ?? states.push(each) - 1;
      places.set(key, to);
      return { does: '', to };
    });
    const { old: total, ending: terminating, new: created, ready } = state.pods;
    const counts = {
      old: { total, ready: total, available: total, terminating },
      new: { total: created, ready, available: ready, terminating: 0 },
    };
    nodes.push({ counts, edges });
  }
  return nodes;
}
