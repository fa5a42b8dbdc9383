import { getPodsToDelete } from './deletion-order.ts';
import type { PodObject, ReplicaSetObject, ReplicaSetStatus } from './model.ts';
import { RateLimiter } from './rate-limiter.ts';
import { ReplicaSetState } from './replica-set-state.ts';
import { WorkQueue } from './work-queue.ts';
import type { World } from './world.ts';

/** Largest number of pods that one sync creates or deletes. */
const BURST_REPLICAS = 500;
const SLOW_START_INITIAL_BATCH_SIZE = 1;

type Done = (succeeded: boolean) => void;

/**
 * The ReplicaSet controller: keeps each ReplicaSet at its number of pods. It uses the template only to
 * create pods and ignores which template existing pods have.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/controller/replicaset/replica_set.go
 */
export class ReplicaSetController {
  readonly #states = new Map<ReplicaSetObject, ReplicaSetState>();
  readonly #queue: WorkQueue<ReplicaSetObject>;
  readonly #limiter: RateLimiter;

  constructor(private readonly world: World) {
    const { clock, timings } = world;
    this.#limiter = new RateLimiter(timings.controllerQps, timings.controllerBurst);
    this.#queue = new WorkQueue(clock, (set, done) => { this.#sync(set, done); }); // prettier-ignore
    world.onSet((set) => { this.#queue.add(set); }); // prettier-ignore
    world.onPod((pod) => { this.#podChanged(pod); }); // prettier-ignore
  }

  /** Returns the cache of a ReplicaSet's pods. */
  getState(set: ReplicaSetObject): ReplicaSetState {
    const known = this.#states.get(set);
    if (known) return known;
    const state = new ReplicaSetState();
    this.#states.set(set, state);
    return state;
  }

  #podChanged(pod: PodObject): void {
    const { owner } = pod;
    if (!owner) return;
    const becameReady = this.getState(owner).observe(pod);
    this.#queue.add(owner);
    const minReadySeconds = owner.cached?.minReadySeconds ?? 0;
    if (becameReady && minReadySeconds > 0) this.#queue.addAfter(owner, minReadySeconds + 1);
  }

  #sync(set: ReplicaSetObject, done: Done): void {
    const { cached } = set;
    const state = this.getState(set);
    if (!cached) {
      done(true);
      return;
    }
    const replicas = state.active.size;
    const { ready } = state;
    const missing = state.satisfied ? cached.replicas - replicas : 0;
    const finish = (): void => {
      const available = Math.min(ready, state.countAvailable(cached.minReadySeconds, this.world.clock.now));
      this.#updateStatus(set, { replicas, ready, available, observed: cached.generation }, done);
    };
    if (missing > 0) this.#create(set, state, Math.min(missing, BURST_REPLICAS), finish);
    else if (missing < 0) this.#delete(state, Math.min(-missing, BURST_REPLICAS), finish);
    else finish();
  }

  /** Sends requests in parallel, within the rate limit. */
  #requestAll(count: number, each: (index: number) => void, then: () => void): void {
    let left = count;
    for (let index = 0; index < count; index += 1) {
      this.world.write(this.#limiter, () => {
        each(index);
        left -= 1;
        if (left === 0) then();
      });
    }
  }

  /**
   * Creates pods in batches of 1, 2, 4, 8 and so on: 10 pods in batches of 1, 2, 4 and 3.
   *
   * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/controller/replicaset/replica_set.go `slowStartBatch`
   */
  #create(set: ReplicaSetObject, state: ReplicaSetState, count: number, then: () => void): void {
    state.expectedCreations = count;
    const batch = (size: number, remaining: number): void => {
      if (size === 0) {
        then();
        return;
      }
      const create = (): void => void this.world.createPod(set.template, set);
      const left = remaining - size;
      this.#requestAll(size, create, () => { batch(Math.min(2 * size, left), left); }); // prettier-ignore
    };
    batch(Math.min(SLOW_START_INITIAL_BATCH_SIZE, count), count);
  }

  #delete(state: ReplicaSetState, count: number, then: () => void): void {
    const chosen = getPodsToDelete(state.active, count, this.world.clock.now, this.#countByNode());
    for (const pod of chosen) state.expectedDeletions.add(pod);
    const remove = (index: number): void => {
      const pod = chosen[index];
      if (pod) this.world.deletePod(pod);
    };
    this.#requestAll(chosen.length, remove, then);
  }

  /** Returns a function that counts the workload's pods on the node of a pod. */
  #countByNode(): (pod: PodObject) => number {
    const counts = new Map<number | undefined, number>();
    for (const { active } of this.#states.values()) {
      for (const { node } of active) counts.set(node, (counts.get(node) ?? 0) + 1);
    }
    return ({ node }) => counts.get(node) ?? 0;
  }

  #updateStatus(set: ReplicaSetObject, status: ReplicaSetStatus, done: Done): void {
    const known = set.cached?.status;
    const unchanged =
      known?.replicas === status.replicas &&
      known.ready === status.ready &&
      known.available === status.available &&
      known.observed === set.cached?.generation;
    const finish = (): void => {
      const { minReadySeconds, replicas } = set.stored;
      const waiting = status.ready === replicas && status.available !== replicas;
      if (minReadySeconds > 0 && waiting) this.#queue.addAfter(set, minReadySeconds);
      done(true);
    };
    if (unchanged) {
      finish();
      return;
    }
    this.world.write(this.#limiter, () => {
      this.world.updateSet(set, { status });
      finish();
    });
  }
}
