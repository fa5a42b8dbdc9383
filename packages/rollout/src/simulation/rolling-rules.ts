/** What a Deployment wants, its fenceposts resolved for its replicas. */
export interface Wanted {
  readonly replicas: number;
  readonly surge: number;
  readonly unavailable: number;
}

/** A ReplicaSet as the Deployment controller sees it. */
export interface SetSize {
  readonly replicas: number;
  /** Its status's count of available pods, which may lag behind. */
  readonly available: number;
}

/** A ReplicaSet, by its place in the list given, to be scaled to a size. */
export interface Scaling {
  readonly index: number;
  readonly to: number;
}

const sum = (sizes: readonly number[]): number => sizes.reduce((total, size) => total + size, 0);

/**
 * The size that the new ReplicaSet grows to: as far as replicas and surge leave room beside all others.
 *
 * @param total the sizes of all ReplicaSets, the new one among them
 * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/controller/deployment/util/deployment_util.go `NewRSNewReplicas`
 */
export function grownNewSet({ replicas, surge }: Wanted, current: number, total: number): number {
  const room = replicas + surge - total;
  return room <= 0 ? current : current + Math.min(room, replicas - current);
}

/**
 * How the old ReplicaSets shrink: first by their unhealthy pods, then by as many
 * available ones as can be spared, oldest set first.
 *
 * Where a set's status still counts more pods than the set has been told to keep,
 * the clean-up fails, and with it the whole step: it comes again when the status has caught up.
 *
 * @param old the ones with replicas, in order of creation
 * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/controller/deployment/rolling.go `reconcileOldReplicaSets`
 */
export function shrunkOldSets(wanted: Wanted, old: readonly SetSize[], newSet: SetSize): Scaling[] {
  const sizes = old.map(({ replicas }) => replicas);
  const least = wanted.replicas - wanted.unavailable;
  const newUnavailable = newSet.replicas - newSet.available;
  const most = sum(sizes) + newSet.replicas - least - newUnavailable;
  if (sum(sizes) === 0 || most <= 0) return [];
  const scalings: Scaling[] = [];
  const shrink = (index: number, by: number): void => {
    const to = (sizes[index] ?? 0) - by;
    sizes[index] = to;
    scalings.push({ index, to });
  };

  let cleaned = 0;
  for (const [index, { replicas, available }] of old.entries()) {
    if (cleaned >= most) break;
    if (replicas === available) continue;
    if (available > replicas) return scalings;
    const by = Math.min(most - cleaned, replicas - available);
    shrink(index, by);
    cleaned += by;
  }

  let spare = sum(old.map(({ available }) => available)) + newSet.available - least;
  for (const [index, size] of sizes.entries()) {
    if (spare <= 0) break;
    if (size === 0) continue;
    const by = Math.min(size, spare);
    shrink(index, by);
    spare -= by;
  }
  return scalings;
}
