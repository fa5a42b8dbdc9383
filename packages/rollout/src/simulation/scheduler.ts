import type { PodObject } from './objects';
import { RateLimiter } from './rate-limiter';
import type { World } from './world';

/** The room on each node: pods, CPUs and bytes. */
export interface Capacity {
  /** @default 1 */
  readonly nodes?: number;
  /** @default unlimited */
  readonly pods?: number;
  /** @default unlimited */
  readonly cpu?: number;
  /** @default unlimited */
  readonly memory?: number;
}

interface Room {
  pods: number;
  cpu: number;
  memory: number;
}

interface Unschedulable {
  tries: number;
  triedAt: number;
  queued: boolean;
}

/**
 * Gives each pod a node that has room for it, the emptiest first. A pod that fits
 * nowhere waits; it is tried again when a pod has gone, after a back-off of its own.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/kube-scheduler/
 */
export class Scheduler {
  readonly #nodes: Room[];
  readonly #limiter: RateLimiter;
  readonly #known = new Set<PodObject>();
  readonly #waiting = new Map<PodObject, Unschedulable>();
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

  /** Puts a pod on a node at once: one that was there before the change. */
  place(pod: PodObject): boolean {
    this.#known.add(pod);
    const node = this.#roomFor(pod);
    if (node === undefined) return false;
    this.#take(pod, node, 1);
    pod.node = node;
    return true;
  }

  #podChanged(pod: PodObject): void {
    if (pod.gone) {
      if (this.#known.delete(pod) && pod.node !== undefined) this.#take(pod, pod.node, -1);
      this.#waiting.delete(pod);
      this.#tryAgain();
    } else if (!this.#known.has(pod) && !pod.deleting) {
      this.#known.add(pod);
      this.#queue.push(pod);
      this.#run();
    }
  }

  #run(): void {
    if (this.#busy || this.#head >= this.#queue.length) return;
    this.#busy = true;
    const pod = this.#queue[this.#head++];
    this.world.clock.after(this.world.wait(this.world.timings.schedule), () => {
      if (pod && !pod.deleting) this.#schedule(pod);
      this.#busy = false;
      this.#run();
    });
  }

  #schedule(pod: PodObject): void {
    const { clock, ledger } = this.world;
    const node = this.#roomFor(pod);
    const { tries = 0 } = this.#waiting.get(pod) ?? {};
    if (node === undefined) {
      this.#waiting.set(pod, { tries: tries + 1, triedAt: clock.now, queued: false });
      if (tries === 0) {
        const message = `0/${this.#nodes.length} nodes are available: no room for the pod`;
        ledger.event('Pod', pod.name, 'FailedScheduling', message, 'Warning');
      }
      return;
    }
    this.#waiting.delete(pod);
    this.#take(pod, node, 1);
    this.world.write(this.#limiter, () => {
      if (pod.gone) {
        this.#take(pod, node, -1);
        return;
      }
      pod.node = node;
      this.world.touched(pod);
    });
  }

  /** @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/scheduler/internal/queue/scheduling_queue.go */
  #tryAgain(): void {
    const { clock } = this.world;
    for (const [pod, entry] of this.#waiting) {
      if (entry.queued) continue;
      entry.queued = true;
      const backOff = Math.min(10, 2 ** (entry.tries - 1));
      clock.at(entry.triedAt + backOff, () => {
        this.#queue.push(pod);
        this.#run();
      });
    }
  }

  #roomFor({ template: { requests } }: PodObject): number | undefined {
    let best: number | undefined;
    for (const [index, room] of this.#nodes.entries()) {
      const fits = room.pods >= 1 && room.cpu >= requests.cpu && room.memory >= requests.memory;
      if (fits && room.pods > (best === undefined ? -1 : (this.#nodes[best]?.pods ?? -1))) best = index;
    }
    return best;
  }

  #take({ template: { requests } }: PodObject, node: number, times: 1 | -1): void {
    const room = this.#nodes[node];
    if (!room) return;
    room.pods -= times;
    room.cpu -= times * requests.cpu;
    room.memory -= times * requests.memory;
  }
}
