/** A number of pods, or a percentage of the replicas such as `"25%"`. */
export type IntOrPercent = number | string;

/** The limits of a rolling update, in pods. */
export interface Fenceposts {
  /** How many pods may exist above `replicas`. */
  readonly surge: number;
  /** How many of `replicas` may be unavailable. */
  readonly unavailable: number;
}

function scaled(
  field: string,
  value: IntOrPercent,
  replicas: number,
  round: (value: number) => number,
): number {
  const percent = typeof value === 'string' ? /^(\d+)%$/.exec(value)?.[1] : undefined;
  const pods = percent === undefined ? value : round((Number(percent) * replicas) / 100);
  if (typeof pods !== 'number' || !Number.isInteger(pods) || pods < 0) {
    throw new RangeError(
      `${field}: ${JSON.stringify(value)} is neither an integer from 0 nor a percentage such as "25%"`,
    );
  }
  return pods;
}

/**
 * Returns `maxSurge` and `maxUnavailable` in pods. Surge is rounded up, unavailable is rounded down;
 * if both are 0, unavailable becomes 1, because the rollout could not proceed otherwise.
 *
 * For 3 replicas, "25%" and "25%" are 0.75 pods each: surge 1, unavailable 0.
 * For 3 replicas, 0 and "25%" are both 0: surge 0, unavailable 1.
 *
 * @throws RangeError for a value that is neither an integer from 0 nor a percentage
 * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/controller/deployment/util/deployment_util.go `ResolveFenceposts`
 */
export function resolveFenceposts(
  maxSurge: IntOrPercent,
  maxUnavailable: IntOrPercent,
  replicas: number,
): Fenceposts {
  const surge = scaled('maxSurge', maxSurge, replicas, Math.ceil);
  const unavailable = scaled('maxUnavailable', maxUnavailable, replicas, Math.floor);
  return { surge, unavailable: surge === 0 && unavailable === 0 ? 1 : unavailable };
}

/**
 * Returns `maxUnavailable` of a StatefulSet in pods: rounded down, and at least 1.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.37.0/pkg/controller/statefulset/stateful_set_utils.go `getStatefulSetMaxUnavailable`
 */
export function statefulSetUnavailable(maxUnavailable: IntOrPercent, replicas: number): number {
  return Math.max(1, scaled('maxUnavailable', maxUnavailable, replicas, Math.floor));
}

/**
 * Returns `maxSurge` and `maxUnavailable` of a DaemonSet in pods. Both are rounded up.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.37.0/pkg/controller/daemon/update.go `updatedDesiredNodeCounts`
 */
export function daemonSetLimits(
  { maxSurge, maxUnavailable }: { readonly maxSurge: IntOrPercent; readonly maxUnavailable: IntOrPercent },
  nodes: number,
): { readonly maxSurge: number; readonly maxUnavailable: number } {
  const limits = {
    maxSurge: scaled('maxSurge', maxSurge, nodes, Math.ceil),
    maxUnavailable: scaled('maxUnavailable', maxUnavailable, nodes, Math.ceil),
  };
  return limits.maxSurge + limits.maxUnavailable === 0 ? { ...limits, maxUnavailable: 1 } : limits;
}
