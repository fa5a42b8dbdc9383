import type { Timeline } from '@online-inference/rollout';

/** What a rollout cannot do without, in seconds. */
export interface Needs {
  /** From the start of a new pod's process until it answers, as the image is set to. */
  readonly startDelay: number;
  /** Of the readiness probe: how late the answer may be noticed. */
  readonly probePeriod: number;
}

/**
 * The least time that a rollout of a Deployment can take by its own settings: for each wave of new pods the start
 * delay, one period of the readiness probe and `minReadySeconds`. That a container must be made and a process loaded
 * counts as lost.
 *
 * @throws Error for a timeline that is none of a Deployment with absolute or 100 % surge
 */
export function leastSeconds({ workload }: Timeline, { startDelay, probePeriod }: Needs): number {
  const { replicas, maxSurge, maxUnavailable, minReadySeconds = 0 } = workload;
  const wave = podsOf(maxSurge, replicas.after) + podsOf(maxUnavailable, replicas.after);
  return Math.ceil(replicas.after / wave) * (startDelay + probePeriod + minReadySeconds);
}

function podsOf(value: string | number | undefined, replicas: number): number {
  if (typeof value === 'number') return value;
  if (value === '100%') return replicas;
  throw new Error(`maxSurge and maxUnavailable must be numbers of pods or 100% here, not ${String(value)}`);
}

/**
 * When only new pods are left, all available: what `kubectl rollout status` waits for. Old pods may still drain.
 *
 * @throws Error when that is never so
 */
export function replacedSeconds({ workload, samples }: Timeline): number {
  const done = samples.find(
    ({ at, old, new: now }) => at >= 0 && old.total === 0 && now.available >= workload.replicas.after,
  );
  if (!done) throw new Error(`${workload.name} was never all new`);
  return done.at;
}
