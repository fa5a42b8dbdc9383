import { COST } from './api-server.ts';
import type { PodObject } from './model.ts';
import type { NodePool } from './node-pool.ts';
import { RateLimiter } from './rate-limiter.ts';
import type { World } from './world.ts';

/** A pod that fits on no node. */
interface Unschedulable {
  tries: number;
  triedAt: number;
  queued: boolean;
}

const LONGEST_BACK_OFF_SECONDS = 10;
/** Tries of a pod that has waited since long before the change. */
const LONG_TRIED = 10;

/**
 * The scheduler: assigns each pod to the node with the best score among those that can take it. A pod that fits on
 * no node waits until a pod is removed, and for its back-off.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/kube-scheduler/
 */
export class Scheduler {
  readonly #limiter: RateLimiter;
  readonly #known = new Set<PodObject>();
  readonly #unschedulable = new Map<PodObject, Unschedulable>();
  readonly #queue: PodObject[] = [];
  #head = 0;
  #busy = false;

  constructor(
    private readonly world: World,
    private readonly nodes: NodePool,
  ) {
    const { schedulerQps, schedulerBurst } = world.timings;
    this.#limiter = new RateLimiter(schedulerQps, schedulerBurst);
    world.onPod((pod) => { this.#podChanged(pod); }); // prettier-ignore
  }

  /**
   * Places a pod of before the change, without any latency.
   *
   * @returns false when no node has room
   */
  place(pod: PodObject): boolean {
    this.#known.add(pod);
    const node = this.nodes.find(pod);
    if (typeof node === 'string') {
      this.#unschedulable.set(pod, { tries: LONG_TRIED, triedAt: -Infinity, queued: false });
      this.world.ledger.enter(pod, 'pending', 'Unschedulable');
      return false;
    }
    this.nodes.reserve(pod, node, 1);
    pod.node = node;
    return true;
  }

  #podChanged(pod: PodObject): void {
    if (pod.gone) {
      if (this.#known.delete(pod) && pod.node !== undefined) this.nodes.reserve(pod, pod.node, -1);
      this.#unschedulable.delete(pod);
      this.#requeue();
    } else if (pod.deleting) {
      if (pod.node !== undefined && this.#known.has(pod)) this.nodes.terminate(pod, pod.node);
    } else if (!this.#known.has(pod)) {
      this.#known.add(pod);
      if (pod.template.placement.gated) this.world.ledger.enter(pod, 'pending', 'SchedulingGated');
      else {
        this.#queue.push(pod);
        this.#run();
      }
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
    const node = this.nodes.findForNew(pod);
    if (typeof node === 'string') {
      this.#markUnschedulable(pod, node);
      return;
    }
    this.#unschedulable.delete(pod);
    this.nodes.reserve(pod, node, 1);
    // Pods may wait to be near this one, or for the emptiest domain to fill.
    this.#requeue(({ template: { placement } }) => placement.affinity.length + placement.spread.length > 0);
    const { api } = this.world;
    api.write(this.#limiter, COST.create, () => {
      api.occupy(COST.create); // the event Scheduled
      if (pod.gone) {
        this.nodes.reserve(pod, node, -1);
        return;
      }
      pod.node = node;
      this.world.notify(pod);
    });
  }

  #markUnschedulable(pod: PodObject, message: string): void {
    const { clock, ledger } = this.world;
    const { tries = 0 } = this.#unschedulable.get(pod) ?? {};
    this.#unschedulable.set(pod, { tries: tries + 1, triedAt: clock.now, queued: false });
    if (tries > 0) return;
    ledger.event('Pod', pod.name, 'FailedScheduling', message, 'Warning');
    ledger.enter(pod, 'pending', 'Unschedulable');
  }

  /**
   * Queues the unschedulable pods again, each after a back-off of 1, 2, 4, 8 and then 10 s since its last try.
   *
   * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/scheduler/internal/queue/scheduling_queue.go `calculateBackoffDuration`
   */
  #requeue(waits: (pod: PodObject) => boolean = () => true): void {
    for (const [pod, entry] of this.#unschedulable) {
      if (entry.queued || !waits(pod)) continue;
      entry.queued = true;
      const backOff = Math.min(LONGEST_BACK_OFF_SECONDS, 2 ** (entry.tries - 1));
      this.world.clock.at(Math.max(this.world.clock.now, entry.triedAt + backOff), () => {
        this.#queue.push(pod);
        this.#run();
      });
    }
  }
}
