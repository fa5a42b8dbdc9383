/** Limits of a Deployment's rollout, `maxSurge` and `maxUnavailable` resolved to pods. */
export interface RolloutLimits {
  /** `spec.replicas` (N). */
  readonly replicas: number;
  /** Pods allowed above the replicas (S). */
  readonly surge: number;
  /** Replicas that may be unavailable (U). */
  readonly unavailable: number;
}

/** Size of a ReplicaSet as the Deployment controller reads it. */
export interface ReplicaSetSize {
  readonly replicas: number;
  /** `status.availableReplicas`, which may lag behind. */
  readonly available: number;
}

/** A new size for one ReplicaSet. */
export interface Scaling {
  /** Position of the ReplicaSet in the given list. */
  readonly index: number;
  /** The new number of replicas. */
  readonly to: number;
}

const sum = (sizes: readonly number[]): number => sizes.reduce((total, size) => total + size, 0);

/**
 * Returns the size to which the new ReplicaSet is scaled up: new + min(N - new, N + S - total).
 *
 * 10 replicas, surge 2, 8 old pods, 0 new: 0 + min(10, 12 - 8) = 4.
 * 10 replicas, surge 0, 10 old pods, 0 new: no room, stays 0.
 *
 * @param current size of the new ReplicaSet
 * @param total size of all ReplicaSets, including the new one
 * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/controller/deployment/util/deployment_util.go `NewRSNewReplicas`
 */
export function scaleUpNewSet({ replicas, surge }: RolloutLimits, current: number, total: number): number {
  const room = replicas + surge - total;
  return room <= 0 ? current : current + Math.min(room, replicas - current);
}

/**
 * Returns how the old ReplicaSets are scaled down: first unhealthy pods, then available pods, oldest
 * ReplicaSet first.
 *
 * - Unhealthy pods: at most total - (N - U) - unavailable new pods.
 * - Available pods: at most all available pods - (N - U).
 *
 * 10 replicas, U = 2, old set of 10 with 8 available, new set of 0: two unhealthy pods may go, since
 * 10 - 8 - 0 = 2; no available pod may go, since 8 - 8 = 0. The old set is scaled to 8.
 *
 * 10 replicas, U = 2, old set of 8, new set of 2 with 1 available: 10 - 8 - 1 = 1 and 9 - 8 = 1: to 7.
 *
 * When a status still counts more available pods than the ReplicaSet has replicas, the clean-up fails
 * and ends the sync; the status update that follows triggers the next one.
 *
 * @param old the old ReplicaSets with replicas, in order of creation
 * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/controller/deployment/rolling.go `reconcileOldReplicaSets`
 */
export function scaleDownOldSets(
  limits: RolloutLimits,
  old: readonly ReplicaSetSize[],
  newSet: ReplicaSetSize,
): Scaling[] {
  const sizes = old.map(({ replicas }) => replicas);
  const minAvailable = limits.replicas - limits.unavailable;
  const newUnavailable = newSet.replicas - newSet.available;
  const maxScaledDown = sum(sizes) + newSet.replicas - minAvailable - newUnavailable;
  if (sum(sizes) === 0 || maxScaledDown <= 0) return [];
  const scalings: Scaling[] = [];
  const scaleDown = (index: number, by: number): void => {
    const to = (sizes[index] ?? 0) - by;
    sizes[index] = to;
    scalings.push({ index, to });
  };

  let cleanedUp = 0;
  for (const [index, { replicas, available }] of old.entries()) {
    if (cleanedUp >= maxScaledDown) break;
    if (replicas === available) continue;
    if (available > replicas) return scalings;
    const by = Math.min(maxScaledDown - cleanedUp, replicas - available);
    scaleDown(index, by);
    cleanedUp += by;
  }

  let spare = sum(old.map(({ available }) => available)) + newSet.available - minAvailable;
  for (const [index, size] of sizes.entries()) {
    if (spare <= 0) break;
    if (size === 0) continue;
    const by = Math.min(size, spare);
    scaleDown(index, by);
    spare -= by;
  }
  return scalings;
}
