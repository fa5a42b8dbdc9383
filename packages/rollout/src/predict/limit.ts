import { InputError } from '../errors/input-error.ts';
import type { ContainerSpec, WorkloadSpec } from '../manifest/workload-spec.ts';
import { daemonSetLimits } from '../rules/fenceposts.ts';
import type { WorkloadKind } from '../rules/kinds.ts';
import { resolveLimits } from '../simulation/deployment-plan.ts';
import type { PodBehaviours } from '../simulation/pod-start.ts';
import type { Behaviours, ContainerRole } from '../simulation/pod-worker.ts';
import { hasProgressDeadline } from '../simulation/progress.ts';

const SHORTEST_SECONDS = 1200;
/** How long a prediction goes on after a progress deadline or a slow start. */
const MARGIN_SECONDS = 600;
/** Longest rollout of slow starts that a prediction waits for. */
const LONGEST_ROLLOUT_SECONDS = 7200;
/** Longest progress deadline that a prediction waits for. */
const LONGEST_DEADLINE_SECONDS = 86_400;

/** How long a new pod takes until it is available, as far as that is known, in seconds. */
function timeToAvailable(spec: WorkloadSpec, behaviours: Behaviours, podBehaviours: PodBehaviours): number {
  const { template, minReadySeconds } = spec;
  const { containers, initContainers } = template;
  const pod = { revision: 1, adopted: false };
  const times = (each: ContainerSpec, role: ContainerRole): number => {
    const { boot, startDelay } = behaviours(each, pod, role);
    const delays = [each.readiness, each.startup].map((probe) => probe?.initialDelaySeconds ?? 0);
    return Math.max(boot + startDelay, ...delays);
  };
  const inits = initContainers.filter(({ sidecar }) => !sidecar);
  const sidecars = initContainers.filter(({ sidecar }) => sidecar);
  const { pull, gate } = podBehaviours(pod);
  const parts = [
    ...[pull, gate].filter((seconds) => seconds < Infinity),
    ...inits.map((each) => behaviours(each, pod, 'init').init),
    ...sidecars.map((each) => times(each, 'sidecar')),
    Math.max(...containers.map((each) => times(each, 'container'))),
    minReadySeconds,
  ];
  return parts.reduce((sum, seconds) => sum + seconds, 0);
}

/** How many pods or groups of pods a workload replaces one after another. */
function roundsOf(spec: WorkloadSpec): number {
  const { kind, replicas, strategy } = spec;
  // Pods of a StatefulSet are created one by one, however many are replaced.
  if (kind === 'StatefulSet') return replicas;
  if (kind === 'DaemonSet') {
    const { maxSurge, maxUnavailable } = daemonSetLimits(strategy, replicas);
    return Math.ceil(replicas / (maxSurge + maxUnavailable));
  }
  const { surge, unavailable } = resolveLimits(spec);
  return Math.ceil(replicas / Math.max(1, surge + unavailable));
}

/** From the deletion of a pod until the next one begins to start, in seconds; other kinds do not wait for it. */
const turnover = (kind: WorkloadKind): number => (kind === 'StatefulSet' || kind === 'DaemonSet' ? 10 : 0);

/** How long the prediction of a workload goes on after its last change, in seconds. */
function lengthOf(spec: WorkloadSpec, behaviours: Behaviours, podBehaviours: PodBehaviours): number {
  const { progressDeadlineSeconds: deadline, kind } = spec;
  const rollout = roundsOf(spec) * (timeToAvailable(spec, behaviours, podBehaviours) + turnover(kind));
  return Math.max(
    SHORTEST_SECONDS,
    rollout <= LONGEST_ROLLOUT_SECONDS ? rollout + MARGIN_SECONDS : 0,
    kind === 'Deployment' && hasProgressDeadline(deadline)
      ? Math.min(deadline, LONGEST_DEADLINE_SECONDS) + MARGIN_SECONDS
      : 0,
  );
}

/**
 * Returns when a prediction ends if the workload has not settled: by default 1200 s after the last change,
 * later for a longer progress deadline (up to a day), slower starts, pulls or readiness gates.
 *
 * @throws InputError for a limit before the shortest time to predict
 */
export function resolveLimit(
  limit: number | undefined,
  goOnFor: number,
  changes: readonly { readonly at: number; readonly spec: WorkloadSpec }[],
  behaviours: Behaviours,
  podBehaviours: PodBehaviours,
): number {
  if (limit !== undefined) {
    if (limit >= goOnFor) return limit;
    throw new InputError(`--limit ${limit}: shorter than the ${goOnFor} s of --for`);
  }
  return Math.max(goOnFor, ...changes.map(({ at, spec }) => at + lengthOf(spec, behaviours, podBehaviours)));
}
