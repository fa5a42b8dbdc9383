import {
  portsConflict,
  type Labels,
  type Placement,
  type PlacementTerm,
  type SpreadTerm,
} from '../manifest/placement.ts';
import type { PodTemplate } from '../manifest/workload-spec.ts';
import type { PodObject } from './model.ts';
import { HOSTNAME, type Node, type PodGroup } from './node.ts';

/** The nodes of the cluster, and the templates of the pods that were ever on them. */
export interface Nodes {
  readonly all: readonly Node[];
  readonly templates: ReadonlySet<PodTemplate>;
  /** Claims that one pod at a time can mount: `ReadWriteOncePod`. */
  readonly exclusiveClaims: ReadonlySet<string>;
}

/** Returns the nodes that are in the same domain of a topology key. */
function domainOf(node: Node, key: string, { all }: Nodes): readonly Node[] {
  const domain = node.domain(key);
  return key === HOSTNAME ? [node] : all.filter((each) => each.domain(key) === domain);
}

const someGroup = (nodes: readonly Node[], test: (group: PodGroup) => boolean): boolean =>
  nodes.some(({ groups }) => groups.some((group) => group.live + group.terminating > 0 && test(group)));

/** @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/scheduler/framework/plugins/noderesources/fit.go `fitsRequest` */
function insufficient(requests: readonly (readonly [string, number])[], node: Node): string | undefined {
  if (node.pods >= (node.allocatable('pods') ?? Infinity)) return 'Too many pods';
  for (const [name, amount] of requests) {
    const allocatable = node.allocatable(name);
    // Sums of fractions of a CPU are not exact.
    if (allocatable !== undefined && node.used(name) + amount > allocatable + 1e-9)
      return `Insufficient ${name}`;
  }
  return undefined;
}

function portTaken({ template: { placement } }: PodObject, node: Node): string | undefined {
  const { hostPorts } = placement;
  if (hostPorts.length === 0) return undefined;
  return someGroup([node], ({ template }) => portsConflict(hostPorts, template.placement.hostPorts))
    ? "node(s) didn't have free ports for the requested pod ports"
    : undefined;
}

/** Returns the number of pods that a term counts in each domain; terminating pods do not count. */
function countByDomain(
  { topologyKey, counts }: PlacementTerm,
  nodes: readonly Node[],
): Map<number | undefined, number> {
  const found = new Map<number | undefined, number>();
  for (const node of nodes) {
    const domain = node.domain(topologyKey);
    let count = found.get(domain) ?? 0;
    for (const { template, live } of node.groups) if (counts(template.placement.labels)) count += live;
    found.set(domain, count);
  }
  return found;
}

/**
 * Returns a test for nodes on which a pod would make its domain exceed the emptiest one by more than `maxSkew`.
 *
 * With 2, 2 and 1 matching pods on three nodes, a pod on the first makes 3, which is 2 more than 1.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/scheduler/framework/plugins/podtopologyspread/filtering.go `Filter`
 */
function skewFilter(labels: Labels, term: SpreadTerm, nodes: readonly Node[]): (node: Node) => boolean {
  const counts = countByDomain(term, nodes);
  const least = counts.size < term.minDomains ? 0 : [...counts.values()].reduce((a, b) => Math.min(a, b));
  const self = term.counts(labels) ? 1 : 0;
  return (node) => (counts.get(node.domain(term.topologyKey)) ?? 0) + self - least > term.maxSkew;
}

/** @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/scheduler/framework/plugins/interpodaffinity/filtering.go `Filter` */
function affinityUnmet(
  { labels, affinity, antiAffinity }: Placement,
  node: Node,
  nodes: Nodes,
): string | undefined {
  const known = ({ topologyKey }: PlacementTerm): boolean => node.domain(topologyKey) !== undefined;
  const matches = (term: PlacementTerm, among: readonly Node[]): boolean =>
    someGroup(among, ({ template }) => term.counts(template.placement.labels));
  const near = (term: PlacementTerm): boolean => matches(term, domainOf(node, term.topologyKey, nodes));
  // The first pod of a group that wants to be together may be anywhere.
  const met = (term: PlacementTerm): boolean =>
    near(term) || (term.counts(labels) && !matches(term, nodes.all));
  if (!affinity.filter(known).every(met)) return "node(s) didn't match pod affinity rules";
  if (antiAffinity.filter(known).some(near)) return "node(s) didn't match pod anti-affinity rules";
  for (const other of nodes.templates) {
    const repels = (term: PlacementTerm): boolean =>
      term.counts(labels) &&
      someGroup(domainOf(node, term.topologyKey, nodes), ({ template }) => template === other);
    if (other.placement.antiAffinity.filter(known).some(repels))
      return "node(s) didn't satisfy existing pods anti-affinity rules";
  }
  return undefined;
}

/** @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/scheduler/framework/plugins/volumerestrictions/volume_restrictions.go */
function claimTaken({ claims }: Placement, { all, exclusiveClaims }: Nodes): string | undefined {
  const exclusive = claims.filter((claim) => exclusiveClaims.has(claim));
  const taken =
    exclusive.length > 0 &&
    someGroup(all, ({ template }) => exclusive.some((claim) => template.placement.claims.includes(claim)));
  return taken
    ? 'node has pod using PersistentVolumeClaim with the same name and ReadWriteOncePod access mode'
    : undefined;
}

/**
 * Returns a function that says why a node cannot take a pod, in the words of the scheduler; undefined when it can.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/scheduler/framework/plugins
 */
export function createFilter(pod: PodObject, nodes: Nodes): (node: Node) => string | undefined {
  const { placement } = pod.template;
  const requests = Object.entries(pod.template.requests).filter(([, amount]) => amount > 0);
  const [first] = nodes.all;
  const uneven = placement.spread
    .filter(({ topologyKey }) => first?.domain(topologyKey) !== undefined)
    // Only nodes that the pod selects count.
    .map((term) => skewFilter(placement.labels, term, placement.pinned && first ? [first] : nodes.all));
  const taken = claimTaken(placement, nodes);
  return (node) =>
    (node.cordoned && pod.targetNode === undefined ? 'node(s) were unschedulable' : undefined) ??
    (pod.targetNode !== undefined && node.index !== pod.targetNode
      ? "node(s) didn't satisfy plugin(s) [NodeAffinity]"
      : undefined) ??
    (placement.pinned && node !== first ? "node(s) didn't match Pod's node affinity/selector" : undefined) ??
    portTaken(pod, node) ??
    insufficient(requests, node) ??
    taken ??
    (uneven.some((exceeds) => exceeds(node))
      ? "node(s) didn't match pod topology spread constraints"
      : affinityUnmet(placement, node, nodes));
}
