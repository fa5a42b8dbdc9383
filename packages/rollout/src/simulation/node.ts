import type { PodTemplate, Resources } from '../manifest/workload-spec.ts';
import type { PodObject, ReplicaSetObject } from './model.ts';

/** Nodes of a cluster and the capacity of each. Other resources have their full name, such as `nvidia.com/gpu`. */
export interface Capacity {
  /** Number of nodes. @default - as many as the pods need; 1 if any other capacity is given */
  readonly nodes?: number;
  /** Number of zones that the nodes are in, one after another. @default - the nodes have no zones */
  readonly zones?: number;
  /** Pods per node. @default - unlimited */
  readonly pods?: number;
  /** CPUs per node. @default - unlimited */
  readonly cpu?: number;
  /** Bytes of memory per node. @default - unlimited */
  readonly memory?: number;
  readonly [resource: `${string}/${string}` | `hugepages-${string}` | `ephemeral-${string}`]: number;
}

/** The pods of one template and owner on a node. */
export interface PodGroup {
  readonly template: PodTemplate;
  readonly owner: ReplicaSetObject | undefined;
  /** Pods that are not marked for deletion. */
  live: number;
  terminating: number;
}

/** The label by which nodes differ. */
export const HOSTNAME = 'kubernetes.io/hostname';
const ZONE = 'topology.kubernetes.io/zone';

/** Returns whether nodes of this capacity have a topology key. */
export const hasTopologyKey = (key: string, { zones }: Capacity): boolean =>
  key === HOSTNAME || (key === ZONE && zones !== undefined);

/** Requests that the scheduler assumes of a container without any, when it compares nodes. */
const ASSUMED: Resources = { cpu: 0.1, memory: 200 * 2 ** 20 };

/** A node as the scheduler sees it. */
export class Node {
  readonly groups: PodGroup[] = [];
  /** True when the node takes no new pods but those of a DaemonSet. */
  cordoned = false;
  pods = 0;
  readonly #terminating = new Set<PodObject>();
  readonly #used = new Map<string, number>();
  /** As `#used`, with an assumed request for each pod without one. */
  readonly #nonZero = new Map<string, number>();

  constructor(
    readonly index: number,
    private readonly capacity: Capacity,
  ) {}

  /** Returns the value of the node's label, or undefined when the node has none. */
  domain(topologyKey: string): number | undefined {
    if (topologyKey === HOSTNAME) return this.index;
    const { zones } = this.capacity;
    return topologyKey === ZONE && zones !== undefined ? this.index % zones : undefined;
  }

  /** Returns how much of a resource pods may request; undefined for no limit. */
  allocatable(resource: string): number | undefined {
    return (this.capacity as Resources)[resource];
  }

  /** Returns how much of a resource the pods of the node request. */
  used(resource: string): number {
    return this.#used.get(resource) ?? 0;
  }

  /** Returns how much of `cpu` or `memory` the scheduler counts when it compares nodes. */
  nonZeroUsed(resource: string): number {
    return this.#nonZero.get(resource) ?? 0;
  }

  /** Adds a pod and what it requests; -1 removes it. */
  count(pod: PodObject, times: 1 | -1): void {
    const { template, owner } = pod;
    this.pods += times;
    for (const [name, amount] of Object.entries(template.requests)) {
      this.#used.set(name, this.used(name) + times * amount);
    }
    for (const name of Object.keys(ASSUMED)) {
      this.#nonZero.set(name, this.nonZeroUsed(name) + times * nonZeroRequest(template, name));
    }
    const group = this.#group(template, owner);
    if (times < 0 && this.#terminating.delete(pod)) group.terminating -= 1;
    else group.live += times;
  }

  /** Registers that a pod of the node is marked for deletion. */
  terminate(pod: PodObject): void {
    const { template, owner } = pod;
    if (this.#terminating.has(pod)) return;
    this.#terminating.add(pod);
    const group = this.#group(template, owner);
    group.live -= 1;
    group.terminating += 1;
  }

  #group(template: PodTemplate, owner: ReplicaSetObject | undefined): PodGroup {
    const known = this.groups.find((each) => each.template === template && each.owner === owner);
    if (known) return known;
    const group = { template, owner, live: 0, terminating: 0 };
    this.groups.push(group);
    return group;
  }
}

/**
 * Returns what the scheduler counts for a pod when it compares nodes.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/scheduler/util/pod_resources.go `GetNonzeroRequestForResource`
 */
export function nonZeroRequest({ requests, containers }: PodTemplate, resource: string): number {
  const requested = requests[resource] ?? 0;
  return requested > 0 ? requested : (ASSUMED[resource] ?? 0) * containers.length;
}
