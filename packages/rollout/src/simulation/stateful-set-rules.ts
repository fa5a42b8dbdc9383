/** The fields of a StatefulSet that decide a sync. */
export interface StatefulSetRules {
  readonly replicas: number;
  /** `ordinals.start` */
  readonly start: number;
  /** True with `podManagementPolicy: Parallel`. */
  readonly parallel: boolean;
  readonly onDelete: boolean;
  /** Undefined without `updateStrategy.rollingUpdate`. */
  readonly partition: number | undefined;
  /** In pods; undefined when the manifest does not have it. */
  readonly maxUnavailable: number | undefined;
}

/** A pod of a StatefulSet in the controller's cache. */
export interface StatefulPod {
  readonly ordinal: number;
  readonly revision: number;
  readonly available: boolean;
  readonly terminating: boolean;
}

/** What the status of a StatefulSet says about its revisions. */
export interface StatefulSetRevisions {
  readonly current: number;
  readonly update: number;
  /** `currentReplicas` */
  readonly currentReplicas: number;
}

/** What one sync of a StatefulSet creates and deletes. */
export interface StatefulSetPlan {
  readonly create: readonly { readonly ordinal: number; readonly revision: number }[];
  /** Ordinals beyond the replicas, from the highest. */
  readonly condemn: readonly number[];
  /** Ordinals to delete for the update. */
  readonly update: readonly number[];
}

const nothing: StatefulSetPlan = { create: [], condemn: [], update: [] };

const isUnavailable = ({ available, terminating }: StatefulPod): boolean => !available || terminating;

/**
 * Returns the revision of a pod that is missing: the current one below the partition.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.37.0/pkg/controller/statefulset/stateful_set_utils.go `newVersionedStatefulSetPod`
 */
function revisionOf(rules: StatefulSetRules, revisions: StatefulSetRevisions, ordinal: number): number {
  const { onDelete, partition, start } = rules;
  const { current, update, currentReplicas } = revisions;
  return !onDelete && ordinal < start + (partition ?? currentReplicas) ? current : update;
}

/**
 * Returns the pods to delete when `maxUnavailable` counts. In parallel, pods that are unavailable go first and
 * take nothing from the budget.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.37.0/pkg/controller/statefulset/stateful_set_control.go `updateStatefulSetAfterInvariantEstablished`
 */
function planWithMaxUnavailable(
  outdated: readonly StatefulPod[],
  budget: number,
  parallel: boolean,
): StatefulPod[] {
  const live = outdated.filter(({ terminating }) => !terminating);
  if (!parallel) return live.slice(0, Math.max(0, budget));
  const available = live.filter((pod) => pod.available);
  return [...live.filter((pod) => !pod.available), ...available.slice(0, Math.max(0, budget))];
}

/** Returns the ordinals to delete for an update, from the highest. */
function planUpdate(
  { onDelete, partition = 0, maxUnavailable, parallel }: StatefulSetRules,
  replicas: readonly StatefulPod[],
  update: number,
): number[] {
  if (onDelete) return [];
  const targets = replicas.slice(partition).reverse();
  const isOutdated = ({ revision }: StatefulPod): boolean => revision !== update;
  if (maxUnavailable !== undefined) {
    const budget = maxUnavailable - replicas.filter(isUnavailable).length;
    return planWithMaxUnavailable(targets.filter(isOutdated), budget, parallel).map(({ ordinal }) => ordinal);
  }
  const next = targets.find((pod) => (isOutdated(pod) && !pod.terminating) || isUnavailable(pod));
  return next && isOutdated(next) && !next.terminating ? [next.ordinal] : [];
}

/**
 * Returns what one sync of the StatefulSet controller does. With `OrderedReady` each step waits until all pods
 * below are available, and a sync does one thing only; with `Parallel` nothing waits.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.37.0/pkg/controller/statefulset/stateful_set_control.go `updateStatefulSet`
 */
export function planStatefulSet(
  rules: StatefulSetRules,
  pods: readonly StatefulPod[],
  revisions: StatefulSetRevisions,
): StatefulSetPlan {
  const { start, replicas: count, parallel } = rules;
  const known = new Map(pods.map((pod) => [pod.ordinal, pod]));
  const replicas = Array.from({ length: count }, (_, index): StatefulPod => {
    const ordinal = start + index;
    const revision = revisionOf(rules, revisions, ordinal);
    return known.get(ordinal) ?? { ordinal, revision, available: false, terminating: false };
  });
  const missing = replicas.filter(({ ordinal }) => !known.has(ordinal));
  const condemned = pods
    .filter(({ ordinal }) => ordinal < start || ordinal >= start + count)
    .sort((a, b) => b.ordinal - a.ordinal);
  if (parallel) {
    return {
      create: missing,
      condemn: condemned.filter(({ terminating }) => !terminating).map(({ ordinal }) => ordinal),
      update: planUpdate(rules, replicas, revisions.update),
    };
  }
  const blocking = replicas.find(isUnavailable);
  if (blocking) return { ...nothing, create: missing.filter((each) => each === blocking) };
  const [last] = condemned;
  if (last) {
    const waits = last.terminating || (!last.available && last !== condemned.findLast(isUnavailable));
    return waits ? nothing : { ...nothing, condemn: [last.ordinal] };
  }
  return { ...nothing, update: planUpdate(rules, replicas, revisions.update) };
}
