import type { PodObject } from './model.ts';

/**
 * Compares two times by order of magnitude: negative when `a` has the smaller age. Ages are ranked by
 * floor(log2(nanoseconds)): 70 s and 80 s rank 36, so they are equal; 10 s ranks 33.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/controller/controller_utils.go `afterOrZero`, `logarithmicRankDiff`
 */
function compareMagnitudes(a: number, b: number, now: number): number {
  const rank = (time: number): number => {
    const nanoseconds = Math.floor((now - time) * 1e9);
    return nanoseconds <= 0 ? -1 : Math.floor(Math.log2(nanoseconds));
  };
  return rank(a) - rank(b);
}

const readCost = ({ template }: PodObject): number =>
  Number(template.annotations['controller.kubernetes.io/pod-deletion-cost'] ?? 0);

/**
 * Compares two pods: negative when a ReplicaSet deletes `a` first. The criteria in order: unassigned,
 * not running, not ready, lower deletion cost, more pods on the same node, ready more recently,
 * more restarts, created more recently.
 *
 * @param countOnNode counts the workload's pods on the node of a pod
 * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/controller/controller_utils.go `ActivePodsWithRanks`
 */
function compareForDeletion(
  a: PodObject,
  b: PodObject,
  now: number,
  countOnNode: (pod: PodObject) => number,
): number {
  if (a.cached.assigned !== b.cached.assigned) return a.cached.assigned ? 1 : -1;
  if (a.cached.running !== b.cached.running) return a.cached.running ? 1 : -1;
  if (a.cached.ready !== b.cached.ready) return a.cached.ready ? 1 : -1;
  const byCost = readCost(a) - readCost(b);
  if (byCost !== 0) return byCost;
  const byNode = countOnNode(b) - countOnNode(a);
  if (byNode !== 0) return byNode;
  if (a.cached.ready && a.cached.readySecond !== b.cached.readySecond) {
    return compareMagnitudes(a.cached.readySecond, b.cached.readySecond, now) || a.uid - b.uid;
  }
  if (a.cached.restarts !== b.cached.restarts) return b.cached.restarts - a.cached.restarts;
  const [createdA, createdB] = [Math.floor(a.createdAt), Math.floor(b.createdAt)];
  if (createdA !== createdB) return compareMagnitudes(createdA, createdB, now) || a.uid - b.uid;
  // Go's sort is not stable, so equal pods have no defined order: use a random one.
  return a.uid - b.uid;
}

/**
 * Returns the `count` pods that a ReplicaSet deletes first, in order.
 *
 * A ReplicaSet deletes few of many pods, so this inserts into a short list instead of sorting all pods.
 */
export function getPodsToDelete(
  pods: Iterable<PodObject>,
  count: number,
  now: number,
  countOnNode: (pod: PodObject) => number,
): PodObject[] {
  const compare = (a: PodObject, b: PodObject): number => compareForDeletion(a, b, now, countOnNode);
  const chosen: PodObject[] = [];
  for (const pod of pods) {
    const last = chosen[count - 1];
    if (last && compare(pod, last) >= 0) continue;
    if (last) chosen.pop();
    chosen.splice(findPlace(chosen, pod, compare), 0, pod);
  }
  return chosen;
}

/** Returns where to insert a pod into a sorted list, by binary search. */
function findPlace(
  sorted: readonly PodObject[],
  pod: PodObject,
  compare: (a: PodObject, b: PodObject) => number,
): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = sorted[middle];
    if (other && compare(other, pod) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
