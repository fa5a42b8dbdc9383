import { COST } from './api-server.ts';
import { getPodsToDelete } from './deletion-order.ts';
import type { PodObject, ReplicaSetObject, ReplicaSetStatus } from './model.ts';
import type { PodControl } from './pod-control.ts';
import { ReplicaSetState } from './replica-set-state.ts';
import { WorkQueue } from './work-queue.ts';
import type { World } from './world.ts';

/** Largest number of pods that one sync creates or deletes. */
const BURST_REPLICAS = 500;

/** A pod is available only after its time: a check at that very time would come too early. */
const CLOCK_STEP_SECONDS = 0.001;

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

  constructor(
    private readonly world: World,
    private readonly control: PodControl,
  ) {
    this.#queue = new WorkQueue(world.clock, (set, done) => { this.#sync(set, done); }); // prettier-ignore
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
    const finish = (succeeded: boolean): void => {
      const available = Math.min(ready, state.countAvailable(cached.minReadySeconds, this.world.clock.now));
      this.#updateStatus(set, { replicas, ready, available, observed: cached.generation }, () => { done(succeeded); }); // prettier-ignore
    };
    if (missing > 0) this.#create(set, state, Math.min(missing, BURST_REPLICAS), finish);
    else if (missing < 0)
      this.#delete(state, Math.min(-missing, BURST_REPLICAS), () => { finish(true); }); // prettier-ignore
    else finish(true);
  }

  /**
   * Creates pods in growing batches. A sync in which one is refused fails, and is retried with the back-off of the
   * queue.
   */
  #create(set: ReplicaSetObject, state: ReplicaSetState, count: number, then: Done): void {
    state.expectedCreations = count;
    const create = (): boolean =>
      this.control.createPod(set.template, { kind: 'ReplicaSet', name: set.name }, set);
    this.control.requestInBatches(count, COST.create, create, (missed) => {
      state.expectedCreations -= missed;
      then(missed === 0);
    });
  }

  #delete(state: ReplicaSetState, count: number, then: () => void): void {
    const chosen = getPodsToDelete(state.active, count, this.world.clock.now, this.#countByNode());
    for (const pod of chosen) state.expectedDeletions.add(pod);
    const remove = (index: number): void => {
      const pod = chosen[index];
      if (pod) this.world.deletePod(pod);
    };
    this.control.requestAll(chosen.length, COST.delete, remove, then);
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
      this.#awaitAvailable(set, status);
      done(true);
    };
    if (unchanged) {
      finish();
      return;
    }
    this.control.request(COST.update, () => {
      this.world.updateSet(set, { status });
      finish();
    });
  }

  /** Syncs again when the next ready pod becomes available. Before Kubernetes 1.34 this came up to a second late. */
  #awaitAvailable(set: ReplicaSetObject, { ready, available }: ReplicaSetStatus): void {
    const { minReadySeconds, replicas } = set.stored;
    const isLate = this.world.timings.availabilityDelay > 0;
    if (minReadySeconds === 0 || ready === available || (isLate && ready !== replicas)) return;
    const next = isLate ? undefined : this.getState(set).nextAvailableAt;
    const delay = next === undefined ? minReadySeconds : next - this.world.clock.now;
    this.#queue.addAfter(set, Math.max(CLOCK_STEP_SECONDS, delay));
  }
}
