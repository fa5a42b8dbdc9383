/** A pod of a DaemonSet in the controller's cache. */
export interface DaemonPod {
  /** Index of its node. */
  readonly node: number;
  /** True when it has the DaemonSet's template. */
  readonly updated: boolean;
  readonly ready: boolean;
  readonly available: boolean;
  readonly terminating: boolean;
  readonly createdAt: number;
}

/** The limits of a rolling update in pods. Exactly one of them is more than 0. */
export interface DaemonSetLimits {
  readonly maxSurge: number;
  readonly maxUnavailable: number;
}

/** What one step of a sync does: the nodes to create a pod for, and the pods to delete. */
export interface DaemonSetPlan<Pod> {
  readonly create: readonly number[];
  readonly delete: readonly Pod[];
}

/** Pods by node. The order of the nodes decides which pods go first. */
export type PodsByNode<Pod> = Iterable<readonly [node: number, pods: readonly Pod[]]>;

const isLive = ({ terminating }: DaemonPod): boolean => !terminating;

/** Returns the pods of a node that the node has too many of, with a surge: two pods only while the new one is not available. */
function excessWithSurge<Pod extends DaemonPod>(live: readonly Pod[]): Pod[] {
  const [updated, ...moreUpdated] = live.filter((pod) => pod.updated);
  const [outdated, ...moreOutdated] = live.filter((pod) => !pod.updated);
  const replaced = updated && outdated && (!outdated.ready || updated.available) ? [outdated] : [];
  return [...moreUpdated, ...moreOutdated, ...replaced];
}

/**
 * Returns what keeps one pod on each node. Without a surge, a node gets its next pod only when the one before is
 * removed; with a surge, when it is terminating.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.37.0/pkg/controller/daemon/daemon_controller.go `podsShouldBeOnNode`
 */
export function planManage<Pod extends DaemonPod>(
  byNode: PodsByNode<Pod>,
  surges: boolean,
): DaemonSetPlan<Pod> {
  const create: number[] = [];
  const excess: Pod[] = [];
  for (const [node, pods] of byNode) {
    if (pods.length === 1 && pods[0]?.terminating === false) continue;
    const live = pods.filter(isLive).sort((a, b) => a.createdAt - b.createdAt);
    if (pods.length === 0 || (surges && live.length === 0)) create.push(node);
    else excess.push(...(surges ? excessWithSurge(live) : live.slice(1)));
  }
  return { create, delete: excess };
}

/** The live pods of a node. A node with two of one kind is left to `planManage`. */
function pair<Pod extends DaemonPod>(pods: readonly Pod[]): { updated?: Pod; outdated?: Pod } | undefined {
  const [only, another] = pods;
  if (only && !another && isLive(only)) return only.updated ? { updated: only } : { outdated: only };
  const live = pods.filter(isLive);
  const [updated, anotherUpdated] = live.filter((pod) => pod.updated);
  const [outdated, anotherOutdated] = live.filter((pod) => !pod.updated);
  if (anotherUpdated || anotherOutdated) return undefined;
  return { ...(updated && { updated }), ...(outdated && { outdated }) };
}

/** Without a surge: deletes old pods that are unavailable, and available ones within the budget. */
function planUnavailable<Pod extends DaemonPod>(
  byNode: PodsByNode<Pod>,
  maxUnavailable: number,
): DaemonSetPlan<Pod> {
  let unavailable = 0;
  const allowed: Pod[] = [];
  const candidates: Pod[] = [];
  for (const [, pods] of byNode) {
    const { updated, outdated } = pair(pods) ?? {};
    if (updated && !outdated) unavailable += updated.available ? 0 : 1;
    else if (!outdated || updated) unavailable += 1;
    else if (!outdated.available) {
      allowed.push(outdated);
      unavailable += 1;
    } else if (unavailable < maxUnavailable) candidates.push(outdated);
  }
  const left = Math.max(0, maxUnavailable - unavailable);
  return { create: [], delete: [...allowed, ...candidates.slice(0, left)] };
}

/** With a surge: creates new pods beside old ones, and deletes an old pod when the new one is available. */
function planSurge<Pod extends DaemonPod>(byNode: PodsByNode<Pod>, maxSurge: number): DaemonSetPlan<Pod> {
  let surge = 0;
  const allowed: number[] = [];
  const candidates: number[] = [];
  const replaced: Pod[] = [];
  for (const [node, pods] of byNode) {
    const found = pair(pods);
    if (!found) surge += 1;
    if (!found?.outdated) continue;
    const { updated, outdated } = found;
    if (updated?.available) replaced.push(outdated);
    else if (updated) surge += 1;
    else if (!outdated.available) allowed.push(node);
    else if (surge < maxSurge) candidates.push(node);
  }
  const left = Math.max(0, maxSurge - surge);
  return { create: [...allowed, ...candidates.slice(0, left)], delete: replaced };
}

/**
 * Returns what one step of a rolling update does.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.37.0/pkg/controller/daemon/update.go `rollingUpdate`
 */
export function planRollingUpdate<Pod extends DaemonPod>(
  byNode: PodsByNode<Pod>,
  { maxSurge, maxUnavailable }: DaemonSetLimits,
): DaemonSetPlan<Pod> {
  return maxSurge > 0 ? planSurge(byNode, maxSurge) : planUnavailable(byNode, maxUnavailable);
}
