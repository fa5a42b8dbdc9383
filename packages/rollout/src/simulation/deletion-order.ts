import type { PodObject } from './objects';

/** The older time first: 0 where both are of one order of magnitude. */
function magnitudes(a: number, b: number, now: number): number {
  const rank = (time: number): number => {
    const nanoseconds = Math.floor((now - time) * 1e9);
    return nanoseconds <= 0 ? -1 : Math.floor(Math.log2(nanoseconds));
  };
  return rank(a) - rank(b);
}

const cost = ({ template }: PodObject): number =>
  Number(template.annotations['controller.kubernetes.io/pod-deletion-cost'] ?? 0);

/**
 * Which of two pods a ReplicaSet deletes first: the negative number says the first.
 *
 * @param colocated how many pods of the same owner are on the pod's node
 * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/controller/controller_utils.go `ActivePodsWithRanks`
 */
export function deletionOrder(
  a: PodObject,
  b: PodObject,
  now: number,
  colocated: (pod: PodObject) => number,
): number {
  if (a.seen.assigned !== b.seen.assigned) return a.seen.assigned ? 1 : -1;
  if (a.seen.running !== b.seen.running) return a.seen.running ? 1 : -1;
  if (a.seen.ready !== b.seen.ready) return a.seen.ready ? 1 : -1;
  const byCost = cost(a) - cost(b);
  if (byCost !== 0) return byCost;
  const byRank = colocated(b) - colocated(a);
  if (byRank !== 0) return byRank;
  if (a.seen.ready && a.seen.readySecond !== b.seen.readySecond) {
    return magnitudes(a.seen.readySecond, b.seen.readySecond, now) || a.uid - b.uid;
  }
  if (a.seen.restarts !== b.seen.restarts) return b.seen.restarts - a.seen.restarts;
  const [createdA, createdB] = [Math.floor(a.createdAt), Math.floor(b.createdAt)];
  if (createdA !== createdB) return magnitudes(createdA, createdB, now) || a.uid - b.uid;
  // Go's sort leaves equals in an order of its own, which no rule tells
  return a.uid - b.uid;
}

/** The `count` pods that a ReplicaSet deletes. */
export function podsToDelete(
  pods: Iterable<PodObject>,
  count: number,
  now: number,
  colocated: (pod: PodObject) => number,
): PodObject[] {
  const order = (a: PodObject, b: PodObject): number => deletionOrder(a, b, now, colocated);
  const chosen: PodObject[] = [];
  for (const pod of pods) {
    // a list of few stays sorted as it grows: most pods stop at its end
    if (chosen.length === count) {
      const last = chosen[count - 1];
      if (!last || order(pod, last) >= 0) continue;
      chosen.pop();
    }
    let low = 0;
    let high = chosen.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = chosen[middle];
      if (other && order(other, pod) < 0) low = middle + 1;
      else high = middle;
    }
    chosen.splice(low, 0, pod);
  }
  return chosen;
}
