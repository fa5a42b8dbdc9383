import type { PodObject } from './model.ts';
import { RateLimiter } from './rate-limiter.ts';
import type { World } from './world.ts';

/** Nodes of a cluster and the capacity of each. */
export interface Capacity {
  /** Number of nodes. @default 1 */
  readonly nodes?: number;
  /** Pods per node. @default - unlimited */
  readonly pods?: number;
  /** CPUs per node. @default - unlimited */
  readonly cpu?: number;
  /** Bytes of memory per node. @default - unlimited */
  readonly memory?: number;
}

/** Free resources of a node. */
interface Room {
  pods: number;
  cpu: number;
  memory: number;
}

/** A pod that fits on no node. */
interface Unschedulable {
  tries: number;
  triedAt: number;
  queued: boolean;
}

const LONGEST_BACK_OFF_SECONDS = 10;

/**
 * The scheduler: assigns each pod to the node with the most free pod slots among those with room for its
 * requests. A pod that fits on no node waits until a pod is removed, and for its back-off.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/kube-scheduler/
 */
export class Scheduler {
  readonly #nodes: Room[];
  readonly #limiter: RateLimiter;
  readonly #known = new Set<PodObject>();
  readonly #unschedulable = new Map<PodObject, Unschedulable>();
  readonly #queue: PodObject[] = [];
  #head = 0;
  #busy = false;

  constructor(
    private readonly world: World,
    { nodes = 1, pods = Infinity, cpu = Infinity, memory = Infinity }: Capacity,
  ) {
    const { schedulerQps, schedulerBurst } = world.timings;
    this.#limiter = new RateLimiter(schedulerQps, schedulerBurst);
    this.#nodes = Array.from({ length: nodes }, () => ({ pods, cpu, memory }));
    world.onPod((pod) => { this.#podChanged(pod); }); // prettier-ignore
  }

  /**
   * Places a pod of before the change, without any latency.
   *
   * @returns false when no node has room
   */
  place(pod: PodObject): boolean {
    this.#known.add(pod);
    const node = this.#findNode(pod);
    if (node === undefined) return false;
    this.#reserve(pod, node, 1);
    pod.node = node;
    return true;
  }

  #podChanged(pod: PodObject): void {
    if (pod.gone) {
      if (this.#known.delete(pod) && pod.node !== undefined) this.#reserve(pod, pod.node, -1);
      this.#unschedulable.delete(pod);
      this.#requeue();
    } else if (!this.#known.has(pod) && !pod.deleting) {
      this.#known.add(pod);
      this.#queue.push(pod);
      this.#run();
    }
  }

  /** Schedules the pods of the queue, one at a time. */
  #run(): void {
    if (this.#busy || this.#head >= this.#queue.length) return;
    this.#busy = true;
    // Array.shift() takes time in proportion to the queue, which has up to 150,000 pods.
    const pod = this.#queue[this.#head++];
    this.world.clock.after(this.world.drawLatency(this.world.timings.schedule), () => {
      if (pod && !pod.deleting) this.#schedule(pod);
      this.#busy = false;
      this.#run();
    });
  }

  #schedule(pod: PodObject): void {
    const node = this.#findNode(pod);
    if (node === undefined) {
      this.#markUnschedulable(pod);
      return;
    }
    this.#unschedulable.delete(pod);
    this.#reserve(pod, node, 1);
    this.world.write(this.#limiter, () => {
      if (pod.gone) {
        this.#reserve(pod, node, -1);
        return;
      }
      pod.node = node;
      this.world.notify(pod);
    });
  }

  #markUnschedulable(pod: PodObject): void {
    const { clock, ledger } = this.world;
    const { tries = 0 } = this.#unschedulable.get(pod) ?? {};
    this.#unschedulable.set(pod, { tries: tries + 1, triedAt: clock.now, queued: false });
    if (tries > 0) return;
    const message = `0/${this.#nodes.length} nodes are available: no room for the pod`;
    ledger.event('Pod', pod.name, 'FailedScheduling', message, 'Warning');
  }

  /**
   * Queues the unschedulable pods again, each after a back-off of 1, 2, 4, 8 and then 10 s since its last try.
   *
   * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/scheduler/internal/queue/scheduling_queue.go `calculateBackoffDuration`
   */
  #requeue(): void {
    for (const [pod, entry] of this.#unschedulable) {
      if (entry.queued) continue;
      entry.queued = true;
      const backOff = Math.min(LONGEST_BACK_OFF_SECONDS, 2 ** (entry.tries - 1));
      this.world.clock.at(entry.triedAt + backOff, () => {
        this.#queue.push(pod);
        this.#run();
      });
    }
  }

  #findNode({ template: { requests } }: PodObject): number | undefined {
    let best: number | undefined;
    for (const [index, room] of this.#nodes.entries()) {
      const fits = room.pods >= 1 && room.cpu >= requests.cpu && room.memory >= requests.memory;
      if (fits && room.pods > (best === undefined ? -1 : (this.#nodes[best]?.pods ?? -1))) best = index;
    }
    return best;
  }

  /** Reserves the requests of a pod on a node; -1 frees them. */
  #reserve({ template: { requests } }: PodObject, node: number, times: 1 | -1): void {
    const room = this.#nodes[node];
    if (!room) return;
    room.pods -= times;
    room.cpu -= times * requests.cpu;
    room.memory -= times * requests.memory;
  }
}
