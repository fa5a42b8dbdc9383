import type { PodTemplate, WorkloadSpec } from '../manifest/workload-spec';
import { Clock } from './clock';
import { Ledger } from './ledger';
import { Latency } from './latency';
import type { PodObject, ReplicaSetObject, ReplicaSetView } from './objects';
import type { Random } from './random';
import type { RateLimiter } from './rate-limiter';
import type { Timings } from './timings';

type Listener<Thing> = (thing: Thing) => void;

/** What a change adds to a ReplicaSet as the API server holds it. */
export type SetUpdate = Partial<
  Pick<ReplicaSetView, 'replicas' | 'minReadySeconds' | 'desired' | 'max' | 'status'>
>;

/** The API server: what there is, and who is told of it, a moment later. */
export class World {
  readonly clock = new Clock();
  readonly ledger = new Ledger(this.clock);
  readonly sets: ReplicaSetObject[] = [];
  readonly pods = new Set<PodObject>();
  readonly #podListeners: Listener<PodObject>[] = [];
  readonly #setListeners: Listener<ReplicaSetObject>[] = [];
  readonly #latency: Latency;
  #names = 0;
  #podsToldAt = 0;
  #setsToldAt = 0;
  #servedUntil = 0;

  /**
   * @param spec the workload, as the API server holds it
   * @param jitter how far a latency strays from its median, as a part of it: the standard
   *   deviation of its logarithm, as latencies have long tails
   */
  constructor(
    public spec: WorkloadSpec,
    readonly timings: Timings,
    readonly random: Random,
    jitter: number,
    private readonly phase: number,
  ) {
    this.#latency = new Latency(this.clock, random, jitter);
  }

  /** A latency as it turns out this time. */
  wait(seconds: number): number {
    return this.#latency.of(seconds);
  }

  /** Sends a write to the API server, as soon as its client's limit lets it, and does what it is for. */
  write(limiter: RateLimiter, task: () => void): void {
    const delay = limiter.reserve(this.clock.now);
    const send = (): void => { this.clock.after(this.served() + this.wait(this.timings.write), task); }; // prettier-ignore
    if (delay > 0) this.clock.after(delay, send);
    else send();
  }

  /** The API server serves one write after another: how long a write of now waits for those before it. */
  served(): number {
    const { now } = this.clock;
    this.#servedUntil = Math.max(this.#servedUntil, now) + this.timings.serve;
    return this.#servedUntil - now;
  }

  /** The whole second of the wall clock that a time falls into: more the API server does not keep. */
  wholeSecond(time: number): number {
    return Math.floor(time + this.phase) - this.phase;
  }

  onPod(listener: Listener<PodObject>): void {
    this.#podListeners.push(listener);
  }

  onSet(listener: Listener<ReplicaSetObject>): void {
    this.#setListeners.push(listener);
  }

  createPod(template: PodTemplate, revision: number, owner: ReplicaSetObject | undefined): PodObject {
    const { name } = this.spec;
    const number = (this.#names++).toString(36);
    const pod: PodObject = {
      name: owner ? `${owner.name}-${number.padStart(5, '0')}` : name,
      uid: this.random(),
      template,
      revision,
      owner,
      createdAt: this.clock.now,
      node: undefined,
      running: false,
      ready: false,
      readySecond: 0,
      everReady: false,
      restarts: 0,
      deleting: false,
      gone: false,
      states: [],
      seen: {
        active: false,
        assigned: false,
        running: false,
        ready: false,
        readySecond: 0,
        restarts: 0,
        available: false,
      },
    };
    this.pods.add(pod);
    this.ledger.enter(pod, 'pending');
    this.touched(pod);
    return pod;
  }

  /** A pod that no node has is gone at once; the others wait for their kubelet. */
  deletePod(pod: PodObject): void {
    if (pod.deleting) return;
    pod.deleting = true;
    if (pod.node === undefined) this.removePod(pod);
    else {
      this.ledger.enter(pod, 'terminating');
      this.touched(pod);
    }
  }

  removePod(pod: PodObject): void {
    pod.gone = true;
    this.pods.delete(pod);
    this.ledger.enter(pod, 'gone');
    this.touched(pod);
  }

  /** Takes note of when a pod that is ready now will have been so for long enough. */
  awaitAvailable(pod: PodObject): void {
    const { minReadySeconds } = this.spec;
    const note = (): void => { this.ledger.available(pod); }; // prettier-ignore
    if (minReadySeconds === 0) note();
    else {
      const since = pod.readySecond;
      this.clock.at(since + minReadySeconds, () => { if (pod.readySecond === since) note(); }); // prettier-ignore
    }
  }

  /** Tells all who watch that a pod is not what it was; a watch keeps the order. */
  touched(pod: PodObject): void {
    this.#podsToldAt = Math.max(this.#podsToldAt, this.clock.now + this.wait(this.timings.watch));
    this.clock.at(this.#podsToldAt, () => {
      for (const listener of this.#podListeners) listener(pod);
    });
  }

  createSet(
    template: PodTemplate,
    revision: number,
    now: Omit<ReplicaSetView, 'status' | 'version' | 'generation'>,
  ): ReplicaSetObject {
    const set: ReplicaSetObject = {
      name: this.spec.kind === 'ReplicaSet' ? this.spec.name : `${this.spec.name}-${revision}`,
      index: this.sets.length,
      template,
      revision,
      now: {
        ...now,
        generation: 1,
        version: 0,
        status: { replicas: 0, ready: 0, available: 0, observed: 0 },
      },
      seen: undefined,
    };
    this.sets.push(set);
    this.#setTouched(set);
    return set;
  }

  updateSet(set: ReplicaSetObject, update: SetUpdate): void {
    const { now } = set;
    const generation = update.status ? now.generation : now.generation + 1;
    set.now = { ...now, ...update, generation, version: now.version + 1 };
    this.#setTouched(set);
  }

  #setTouched(set: ReplicaSetObject): void {
    this.#setsToldAt = Math.max(this.#setsToldAt, this.clock.now + this.wait(this.timings.watch));
    this.clock.at(this.#setsToldAt, () => {
      set.seen = set.now;
      for (const listener of this.#setListeners) listener(set);
    });
  }
}
