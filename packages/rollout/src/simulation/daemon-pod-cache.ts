import type { WorkloadSpec } from '../manifest/workload-spec.ts';
import type { DaemonPod } from './daemon-set-rules.ts';
import type { PodObject } from './model.ts';
import type { PodCache } from './pod-cache.ts';
import type { World } from './world.ts';

/** A pod of the DaemonSet in the controller's cache. */
export interface CachedDaemonPod extends DaemonPod {
  readonly pod: PodObject;
}

/** A node and its pods. */
type Node = [node: number, pods: CachedDaemonPod[]];

/** The pods of a DaemonSet by node, as its controller knows them. */
export class DaemonPodCache {
  #nodes: Node[] = [];
  /** The DaemonSet for which the pods were read. */
  #spec: WorkloadSpec | undefined;

  constructor(
    private readonly world: World,
    private readonly cache: PodCache,
  ) {}

  /**
   * Returns the cached pods by node, from a random node on: Go visits the keys of a map in an order that begins
   * anywhere.
   */
  read(spec: WorkloadSpec): Node[] {
    if (this.#spec !== spec || spec.minReadySeconds > 0) this.#readAll(spec);
    const from = Math.floor(this.world.random() * this.#nodes.length);
    return [...this.#nodes.slice(from), ...this.#nodes.slice(0, from)];
  }

  #readAll(spec: WorkloadSpec): void {
    this.#spec = spec;
    this.#nodes = Array.from({ length: spec.replicas }, (_, node): Node => [node, []]);
    for (const pod of this.cache.pods.keys())
      this.#nodes[pod.targetNode ?? 0]?.[1].push(this.#toDaemonPod(pod, spec));
  }

  /** Reads a pod that changed again. */
  update(pod: PodObject): void {
    const entry = this.#nodes[pod.targetNode ?? 0];
    const spec = this.#spec;
    if (!entry || !spec) return;
    const others = entry[1].filter((each) => each.pod !== pod);
    entry[1] = this.cache.pods.has(pod) ? [...others, this.#toDaemonPod(pod, spec)] : others;
  }

  #toDaemonPod(pod: PodObject, { minReadySeconds, template }: WorkloadSpec): CachedDaemonPod {
    const { terminating = false, readySince } = this.cache.pods.get(pod) ?? {};
    return {
      pod,
      node: pod.targetNode ?? 0,
      updated: pod.revision === this.world.getRevision(template),
      ready: readySince !== undefined,
      available: this.cache.isAvailable(readySince, minReadySeconds, this.world.clock.now),
      terminating,
      createdAt: pod.createdAt,
    };
  }
}
