/** A count of pods, or a percentage of the replicas such as `"25%"`. */
export type IntOrPercent = number | string;

export interface Fenceposts {
  /** How many pods may exist beyond the replicas. */
  readonly surge: number;
  /** How many of the replicas may be missing or not available. */
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
      `${field}: ${JSON.stringify(value)} is neither a whole number from 0 nor a percentage such as "25%"`,
    );
  }
  return pods;
}

/**
 * What `maxSurge` and `maxUnavailable` come to for a number of replicas: surge is
 * rounded up, unavailable down, and where both come to nothing one pod may be
 * unavailable, as the rollout could not move otherwise.
 *
 * @throws RangeError for a value that is neither a count nor a percentage
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
