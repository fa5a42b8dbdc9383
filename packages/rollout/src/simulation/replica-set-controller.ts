import { podsToDelete } from './deletion-order';
import type { PodObject, ReplicaSetObject, ReplicaSetStatus } from './objects';
import { RateLimiter } from './rate-limiter';
import { ReplicaSetState } from './replica-set-state';
import { WorkQueue } from './work-queue';
import type { World } from './world';

const BURST_REPLICAS = 500;
const SLOW_START_BATCH = 1;

type Done = (succeeded: boolean) => void;

/**
 * Keeps each ReplicaSet at its number of pods. It uses the template only to create:
 * what a pod runs does not matter to it.
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

  /** What it knows of a set's pods. */
  stateOf(set: ReplicaSetObject): ReplicaSetState {
    const known = this.#states.get(set);
    if (known) return known;
    const state = new ReplicaSetState();
    this.#states.set(set, state);
    return state;
  }

  #podChanged(pod: PodObject): void {
    const { owner } = pod;
    if (!owner) return;
    const becameReady = this.stateOf(owner).observe(pod);
    this.#queue.add(owner);
    const minReadySeconds = owner.seen?.minReadySeconds ?? 0;
    if (becameReady && minReadySeconds > 0) this.#queue.addAfter(owner, minReadySeconds + 1);
  }

  #sync(set: ReplicaSetObject, done: Done): void {
    const { seen } = set;
    const state = this.stateOf(set);
    if (!seen) {
      done(true);
      return;
    }
    const replicas = state.active.size;
    const { ready } = state;
    const manage = state.satisfied ? seen.replicas - replicas : 0;
    const finish = (): void => {
      const available = Math.min(ready, state.available(seen.minReadySeconds, this.world.clock.now));
      this.#report(set, { replicas, ready, available, observed: seen.generation }, done);
    };
    if (manage > 0) this.#create(set, state, Math.min(manage, BURST_REPLICAS), finish);
    else if (manage < 0) this.#delete(state, Math.min(-manage, BURST_REPLICAS), finish);
    else finish();
  }

  /** Requests that go out together, as fast as the limit lets them. */
  #together(count: number, each: (index: number) => void, then: () => void): void {
    let left = count;
    for (let index = 0; index < count; index += 1) {
      this.world.write(this.#limiter, () => {
        each(index);
        left -= 1;
        if (left === 0) then();
      });
    }
  }

  #create(set: ReplicaSetObject, state: ReplicaSetState, count: number, then: () => void): void {
    state.expectedCreations = count;
    const batch = (size: number, remaining: number): void => {
      if (size === 0) {
        then();
        return;
      }
      const create = (): void => void this.world.createPod(set.template, set.revision, set);
      const left = remaining - size;
      this.#together(size, create, () => { batch(Math.min(2 * size, left), left); }); // prettier-ignore
    };
    batch(Math.min(SLOW_START_BATCH, count), count);
  }

  #delete(state: ReplicaSetState, count: number, then: () => void): void {
    const chosen = podsToDelete(state.active, count, this.world.clock.now, this.#colocated());
    for (const pod of chosen) state.expectedDeletions.add(pod);
    const remove = (index: number): void => {
      const pod = chosen[index];
      if (pod) this.world.deletePod(pod);
    };
    this.#together(chosen.length, remove, then);
  }

  /** How many of the workload's pods are on a pod's node. */
  #colocated(): (pod: PodObject) => number {
    const nodes: number[] = [];
    for (const { active } of this.#states.values()) {
      for (const { node = -1 } of active) nodes[node + 1] = (nodes[node + 1] ?? 0) + 1;
    }
    return ({ node = -1 }) => nodes[node + 1] ?? 0;
  }

  #report(set: ReplicaSetObject, status: ReplicaSetStatus, done: Done): void {
    const { seen } = set;
    const known = seen?.status;
    const same =
      known?.replicas === status.replicas &&
      known.ready === status.ready &&
      known.available === status.available &&
      known.observed === seen?.generation;
    const end = (): void => {
      const { minReadySeconds, replicas } = set.now;
      const all = status.ready === replicas && status.available !== replicas;
      if (minReadySeconds > 0 && all) this.#queue.addAfter(set, minReadySeconds);
      done(true);
    };
    if (same) {
      end();
      return;
    }
    this.world.write(this.#limiter, () => {
      this.world.updateSet(set, { status });
      end();
    });
  }
}
