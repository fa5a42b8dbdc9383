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

/** The old ReplicaSets while they are scaled down. */
interface ScalingDown {
  readonly sizes: number[];
  readonly scalings: Scaling[];
}

function scaleDown({ sizes, scalings }: ScalingDown, index: number, by: number): void {
  const to = (sizes[index] ?? 0) - by;
  sizes[index] = to;
  scalings.push({ index, to });
}

/**
 * Scales the old ReplicaSets down by pods that are not available, the oldest ReplicaSet first.
 *
 * Old sets of 3 with 1 available and 8 with 8, at most 5 pods: the first is scaled to 1.
 *
 * @param old in order of creation
 * @returns the new sizes, in order; `failed` if a status still counts more available pods than replicas
 * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/controller/deployment/rolling.go `cleanupUnhealthyReplicas`
 */
export function cleanupUnhealthyReplicas(
  old: readonly ReplicaSetSize[],
  maxCleanupCount: number,
): { scalings: Scaling[]; failed: boolean } {
  const down = { sizes: old.map(({ replicas }) => replicas), scalings: [] };
  let left = maxCleanupCount;
  for (const [index, { replicas, available }] of old.entries()) {
    if (left <= 0) break;
    if (replicas === 0 || replicas === available) continue;
    if (available > replicas) return { scalings: down.scalings, failed: true };
    const by = Math.min(left, replicas - available);
    scaleDown(down, index, by);
    left -= by;
  }
  return { scalings: down.scalings, failed: false };
}

/**
 * Scales the old ReplicaSets down by available pods, the oldest first: all available pods - (N - U).
 *
 * 10 replicas, U = 2, an old set of 10 with 10 available: 10 - 8 = 2 may go, to 8.
 *
 * @param sizes of the old ReplicaSets, in order of creation
 * @param available pods of all ReplicaSets
 * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/controller/deployment/rolling.go `scaleDownOldReplicaSetsForRollingUpdate`
 */
export function scaleDownOldReplicaSets(
  { replicas, unavailable }: RolloutLimits,
  sizes: readonly number[],
  available: number,
): Scaling[] {
  const down: ScalingDown = { sizes: [...sizes], scalings: [] };
  let left = available - (replicas - unavailable);
  for (const [index, size] of sizes.entries()) {
    if (left <= 0) break;
    if (size === 0) continue;
    const by = Math.min(size, left);
    scaleDown(down, index, by);
    left -= by;
  }
  return down.scalings;
}

/**
 * Returns how the old ReplicaSets are scaled down: first unhealthy pods, at most total - (N - U) -
 * unavailable new pods, then available pods.
 *
 * 10 replicas, U = 2, old set of 10 with 8 available, new set of 0: two unhealthy pods may go, since
 * 10 - 8 - 0 = 2; no available pod may go, since 8 - 8 = 0. The old set is scaled to 8.
 *
 * 10 replicas, U = 2, old set of 8, new set of 2 with 1 available: 10 - 8 - 1 = 1 and 9 - 8 = 1: to 7.
 *
 * When the clean-up fails, the sync ends; the status update that follows triggers the next one.
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
  const { scalings, failed } = cleanupUnhealthyReplicas(old, maxScaledDown);
  if (failed) return scalings;
  for (const { index, to } of scalings) sizes[index] = to;
  const available = sum(old.map((each) => each.available)) + newSet.available;
  return [...scalings, ...scaleDownOldReplicaSets(limits, sizes, available)];
}
