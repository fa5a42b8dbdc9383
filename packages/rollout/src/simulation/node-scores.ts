import type { Resources } from '../manifest/workload-spec.ts';
import type { PodObject } from './model.ts';
import { HOSTNAME, nonZeroRequest, type Node, type PodGroup } from './node.ts';

const BEST = 100;
/** Size of a node whose capacity is not known, for the comparison of nodes only. */
const ASSUMED_SIZE: Resources = { cpu: 8, memory: 32 * 2 ** 30 };
/** Weight of the plugin PodTopologySpread; the others have 1. */
const SPREAD_WEIGHT = 2;
/** `maxSkew` of the default constraint for kubernetes.io/hostname. */
const DEFAULT_MAX_SKEW = 3;

const resources = Object.keys(ASSUMED_SIZE);
const sizeOf = (node: Node, name: string): number => node.allocatable(name) ?? ASSUMED_SIZE[name] ?? 1;
/** Truncates as Go does; fractions of CPUs are not exact. */
const truncate = (value: number): number => Math.floor(value + 1e-9);

/** @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/scheduler/framework/plugins/noderesources/least_allocated.go `leastRequestedScore` */
function leastAllocated({ template }: PodObject, node: Node): number {
  let sum = 0;
  for (const name of resources) {
    const size = sizeOf(node, name);
    const requested = node.nonZeroUsed(name) + nonZeroRequest(template, name);
    sum += truncate(Math.max(0, size - requested) * (BEST / size));
  }
  return truncate(sum / resources.length);
}

/** @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/scheduler/framework/plugins/noderesources/balanced_allocation.go `balancedResourceScorer` */
function balancedAllocation({ template: { requests } }: PodObject, node: Node): number {
  const fractionOf = (name: string): number =>
    Math.min(1, (node.used(name) + (requests[name] ?? 0)) / sizeOf(node, name));
  return truncate((1 - Math.abs(fractionOf('cpu') - fractionOf('memory')) / 2) * BEST);
}

/** A constraint that prefers nodes with few of the groups that it counts. */
interface SoftTerm {
  readonly maxSkew: number;
  readonly counts: (group: PodGroup) => boolean;
}

/** Returns the spread constraints of a pod with `ScheduleAnyway`, or the default one: the pods of its ReplicaSet. */
function softTerms({ owner, ordinal, template: { placement } }: PodObject): SoftTerm[] {
  if (!placement.ownSpread) {
    return [
      {
        maxSkew: DEFAULT_MAX_SKEW,
        counts: (group) => (owner !== undefined || ordinal !== undefined) && group.owner === owner,
      },
    ];
  }
  return placement.softSpread
    .filter(({ topologyKey }) => topologyKey === HOSTNAME)
    .map(({ counts, maxSkew }) => ({ maxSkew, counts: ({ template }) => counts(template.placement.labels) }));
}

/**
 * Returns the score of each node for a pod, by the plugins that tell equal nodes apart: emptier nodes first, and
 * those with fewer pods of the same ReplicaSet.
 *
 * @param fitting nodes that can take the pod
 * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/scheduler/framework/plugins/podtopologyspread/scoring.go `NormalizeScore`
 */
export function scoreNodes(pod: PodObject, fitting: readonly Node[]): number[] {
  const terms = softTerms(pod);
  const weight = Math.log(fitting.length + 2);
  let [least, most] = [Infinity, 0];
  const crowding = fitting.map(({ groups }) => {
    let sum = 0;
    for (const { maxSkew, counts } of terms) {
      sum += maxSkew - 1;
      for (const group of groups) if (group.live > 0 && counts(group)) sum += group.live * weight;
    }
    const rounded = Math.round(sum);
    least = Math.min(least, rounded);
    most = Math.max(most, rounded);
    return rounded;
  });
  return fitting.map((node, index) => {
    const even = most === 0 ? BEST : truncate((BEST * (most + least - (crowding[index] ?? 0))) / most);
    return leastAllocated(pod, node) + balancedAllocation(pod, node) + SPREAD_WEIGHT * even;
  });
}
