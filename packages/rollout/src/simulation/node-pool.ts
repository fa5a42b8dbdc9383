import type { PodTemplate } from '../manifest/workload-spec.ts';
import type { PodObject } from './model.ts';
import { createFilter, type Nodes } from './node-filters.ts';
import { scoreNodes } from './node-scores.ts';
import { Node, type Capacity } from './node.ts';
import type { Random } from './random.ts';

/** How volumes of claims can be mounted. */
export interface Claims {
  /** Claims that the pods of one node at a time can mount: `ReadWriteOnce`. */
  readonly once: ReadonlySet<string>;
  /** Claims that one pod at a time can mount: `ReadWriteOncePod`. */
  readonly oncePod: ReadonlySet<string>;
}

/**
 * Returns the message of the event: `0/3 nodes are available: 1 Insufficient cpu, 2 Too many pods.`
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/scheduler/framework/types.go `FitError.Error`
 */
function unavailable(reasons: ReadonlyMap<string, number>): string {
  const nodes = [...reasons.values()].reduce((sum, each) => sum + each, 0);
  const counted = [...reasons].map(([reason, count]) => `${count} ${reason}`).sort();
  return `0/${nodes} nodes are available: ${counted.join(', ')}.`;
}

/** The nodes of the cluster, as the scheduler sees them. Without a capacity there are as many as the pods need. */
export class NodePool {
  readonly #all: Node[] = [];
  readonly #templates = new Set<PodTemplate>();
  readonly #nodes: Nodes;
  readonly #open: boolean;

  constructor(
    private readonly capacity: Capacity,
    private readonly claims: Claims,
    private readonly random: Random,
  ) {
    this.#open = Object.keys(capacity).length === 0;
    this.#nodes = { all: this.#all, templates: this.#templates, exclusiveClaims: claims.oncePod };
    const { nodes = 1 } = capacity;
    while (this.#all.length < nodes) this.#add();
  }

  /**
   * Returns the node for a new pod, or why there is none.
   *
   * Of an unknown number of nodes, a pod whose volume is attached to a node is taken to get another one: the
   * scheduler prefers emptier nodes and does not know where the volume is.
   */
  findForNew(pod: PodObject): number | string {
    const attached = pod.template.placement.claims.some((claim) => this.claims.once.has(claim));
    return (this.#open && attached ? this.#tryNew(pod) : undefined) ?? this.find(pod);
  }

  /**
   * Returns the node with the best score for a pod, or why there is none.
   *
   * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/scheduler/schedule_one.go `selectHost`
   */
  find(pod: PodObject): number | string {
    const filter = createFilter(pod, this.#nodes);
    const reasons = new Map<string, number>();
    const fitting = this.#all.filter((node) => {
      const reason = filter(node);
      if (reason !== undefined) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
      return reason === undefined;
    });
    const [first, second] = fitting;
    if (!first) return (this.#open ? this.#tryNew(pod) : undefined) ?? unavailable(reasons);
    if (!second) return first.index;
    const scores = scoreNodes(pod, fitting);
    const most = scores.reduce((a, b) => Math.max(a, b));
    const best = fitting.filter((_, index) => scores[index] === most);
    return (best[Math.floor(this.random() * best.length)] ?? first).index;
  }

  /** Reserves the requests of a pod on a node; -1 frees them. */
  reserve(pod: PodObject, node: number, times: 1 | -1): void {
    this.#templates.add(pod.template);
    this.#all[node]?.count(pod, times);
  }

  /** Registers that a pod on a node is marked for deletion. */
  terminate(pod: PodObject, node: number): void {
    this.#all[node]?.terminate(pod);
  }

  /** Marks a node as unschedulable. */
  cordon(node: number): void {
    const found = this.#all[node];
    if (found) found.cordoned = true;
  }

  #add(): Node {
    const node = new Node(this.#all.length, this.capacity);
    this.#all.push(node);
    return node;
  }

  /** Adds a node for a pod, unless the pod does not fit on an empty node either. */
  #tryNew(pod: PodObject): number | undefined {
    const node = this.#add();
    if (createFilter(pod, this.#nodes)(node) === undefined) return node.index;
    this.#all.pop();
    return undefined;
  }
}
