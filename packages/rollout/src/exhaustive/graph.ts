import type { WorkloadSpec } from '../manifest/workload-spec.ts';
import { countsOf, keyOf, type State, type VersionCounts } from './state.ts';
import { stepsFrom } from './steps.ts';

/** A step to another state of the graph, by its position. */
interface Edge {
  readonly does: string;
  readonly to: number;
}

/** One state of the graph. */
export interface Node {
  readonly counts: VersionCounts;
  /** Empty for a state at rest. */
  readonly edges: readonly Edge[];
}

/** Returns the state before a change of the pod template. */
const start = ({ replicas }: WorkloadSpec): State => ({
  old: { replicas, active: replicas, terminating: 0, seen: replicas },
  new: undefined,
});

/**
 * Returns every state that a rollout can be in, breadth first, with every step between them; undefined
 * beyond the limit.
 *
 * Any step may come next, however late: there is no clock. Caches that lag any number of events behind need
 * no queues, because
 *
 * - the Deployment controller alone writes the sizes of ReplicaSets, and a write conflicts if its cache lacks
 *   an earlier one: only the statuses that it has seen may lag;
 * - the ReplicaSet controller creates and deletes pods only while its expectations are met: its cache has
 *   all pods that it created or deleted before. A size or readiness that it sees late is a later step.
 *
 * The tests compare this with a search that has the queues, expectations, versions and conflicts: 291,807
 * states for 2 replicas, surge 1 and unavailable 1, here 145, with the same sequences of counts.
 *
 * With a `minReadySeconds` of 2 or more, a pod becomes available only after all pods of its scale-up are
 * ready: their readiness is assumed to spread over less than minReadySeconds - 1.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/controller/controller_utils.go `SatisfiedExpectations`
 */
export function exploreStates(spec: WorkloadSpec, limit: number): Node[] | undefined {
  const first = start(spec);
  const states: State[] = [first];
  const known = new Map([[keyOf(first), 0]]);
  const nodes: Node[] = [];
  for (const state of states) {
    const edges = stepsFrom(spec, state).map(({ does, to }) => {
      const key = keyOf(to);
      const place = known.get(key) ?? states.push(to) - 1;
      known.set(key, place);
      return { does, to: place };
    });
    if (states.length > limit) return undefined;
    nodes.push({ counts: countsOf(state), edges });
  }
  return nodes;
}
