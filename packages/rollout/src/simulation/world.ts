import type { PodTemplate, WorkloadSpec } from '../manifest/workload-spec.ts';
import { ApiServer } from './api-server.ts';
import { Clock } from './clock.ts';
import { Latency } from './latency.ts';
import { Ledger } from './ledger.ts';
import {
  createPodObject,
  type PodObject,
  type PodSlot,
  type ReplicaSetObject,
  type ReplicaSetVersion,
} from './model.ts';
import type { Random } from './random.ts';
import type { Timings } from './timings.ts';

type Listener<Thing> = (thing: Thing) => void;

/** The fields that an update of a ReplicaSet writes. */
export type SetUpdate = Partial<
  Pick<ReplicaSetVersion, 'replicas' | 'minReadySeconds' | 'desired' | 'max' | 'status'>
>;

/** The API server with its objects and watches, and what all components share: clock, latencies, ledger. */
export class World {
  readonly clock = new Clock();
  readonly ledger = new Ledger(this.clock);
  readonly sets: ReplicaSetObject[] = [];
  readonly pods = new Set<PodObject>();
  readonly #podListeners: Listener<PodObject>[] = [];
  readonly #setListeners: Listener<ReplicaSetObject>[] = [];
  readonly api: ApiServer;
  readonly #latency: Latency;
  readonly #templateKeys: string[];
  #names = 0;
  #podsDeliveredAt = 0;
  #setsDeliveredAt = 0;

  /**
   * @param spec the workload in the API server
   * @param jitter standard deviation of the logarithm of a latency
   * @param phase fraction of a second of the wall clock at which the simulation starts, 0 to 1
   */
  constructor(
    public spec: WorkloadSpec,
    readonly timings: Timings,
    readonly random: Random,
    jitter: number,
    private readonly phase: number,
  ) {
    this.#latency = new Latency(this.clock, random, jitter);
    this.api = new ApiServer(this.clock, this.#latency, timings);
    this.#templateKeys = [spec.template.key];
  }

  /** Returns the revision of a pod template: 0 for the first one, then counting up; equal templates share it. */
  getRevision({ key }: PodTemplate): number {
    const known = this.#templateKeys.indexOf(key);
    return known < 0 ? this.#templateKeys.push(key) - 1 : known;
  }

  /** Draws a latency from its median, both in seconds. */
  drawLatency(median: number): number {
    return this.#latency.draw(median);
  }

  /** Draws the latency of a request or of a watch from its median, both in seconds. */
  drawRequest(median: number): number {
    return this.#latency.drawRequest(median);
  }

  /** Truncates a time to a second of the wall clock, the resolution of timestamps in the API. */
  toWallClockSecond(time: number): number {
    return Math.floor(time + this.phase) - this.phase;
  }

  /** Watches pods. */
  onPod(listener: Listener<PodObject>): void {
    this.#podListeners.push(listener);
  }

  /** Watches ReplicaSets. */
  onSet(listener: Listener<ReplicaSetObject>): void {
    this.#setListeners.push(listener);
  }

  /** Creates a pod; without an owner and a slot a bare Pod. */
  createPod(template: PodTemplate, owner: ReplicaSetObject | undefined, slot: PodSlot = {}): PodObject {
    const pod = createPodObject({
      name: this.#nameOf(owner, slot),
      uid: this.random(),
      template,
      revision: this.getRevision(template),
      owner,
      createdAt: this.clock.now,
      ordinal: slot.ordinal,
      targetNode: slot.targetNode,
    });
    this.pods.add(pod);
    this.ledger.enter(pod, 'pending');
    this.notify(pod);
    return pod;
  }

  #nameOf(owner: ReplicaSetObject | undefined, { ordinal, targetNode }: PodSlot): string {
    const { name } = this.spec;
    if (ordinal !== undefined) return `${name}-${ordinal}`;
    const suffix = (this.#names++).toString(36).padStart(5, '0');
    if (targetNode !== undefined) return `${name}-${suffix}`;
    return owner ? `${owner.name}-${suffix}` : name;
  }

  /**
   * Marks a pod for deletion. A pod without a node or without a grace period is removed immediately; the
   * kubelet removes any other.
   *
   * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/registry/core/pod/strategy.go `CheckGracefulDelete`
   */
  deletePod(pod: PodObject): void {
    if (pod.deleting) return;
    pod.deleting = true;
    if (pod.node === undefined || pod.template.graceSeconds === 0) this.removePod(pod);
    else {
      this.ledger.enter(pod, 'terminating');
      this.notify(pod);
    }
  }

  /** Removes a pod from the API server. */
  removePod(pod: PodObject): void {
    pod.gone = true;
    this.pods.delete(pod);
    this.ledger.enter(pod, 'gone');
    this.notify(pod);
  }

  /** Records a ready pod as available once it has been ready for `minReadySeconds`. */
  awaitAvailable(pod: PodObject): void {
    const { minReadySeconds } = this.spec;
    const record = (): void => { this.ledger.available(pod); }; // prettier-ignore
    if (minReadySeconds === 0) record();
    else {
      const since = pod.readySecond;
      this.clock.at(since + minReadySeconds, () => { if (pod.readySecond === since) record(); }); // prettier-ignore
    }
  }

  /** Delivers a changed pod to all watches. A watch keeps the order of changes. */
  notify(pod: PodObject): void {
    const at = this.clock.now + this.drawRequest(this.timings.watch);
    this.#podsDeliveredAt = Math.max(this.#podsDeliveredAt, at);
    this.clock.at(this.#podsDeliveredAt, () => {
      for (const listener of this.#podListeners) listener(pod);
    });
  }

  /** Creates a ReplicaSet. */
  createSet(
    template: PodTemplate,
    fields: Omit<ReplicaSetVersion, 'status' | 'version' | 'generation'>,
  ): ReplicaSetObject {
    const { kind, name } = this.spec;
    const status = { replicas: 0, ready: 0, available: 0, observed: 0 };
    const set: ReplicaSetObject = {
      name: kind === 'ReplicaSet' ? name : `${name}-${this.getRevision(template)}`,
      template,
      stored: { ...fields, generation: 1, version: 0, status },
      cached: undefined,
    };
    this.sets.push(set);
    this.#notifySet(set);
    return set;
  }

  /** Updates a ReplicaSet. Its generation counts updates of the spec, not of the status. */
  updateSet(set: ReplicaSetObject, update: SetUpdate): void {
    const { stored } = set;
    const generation = update.status ? stored.generation : stored.generation + 1;
    set.stored = { ...stored, ...update, generation, version: stored.version + 1 };
    this.#notifySet(set);
  }

  #notifySet(set: ReplicaSetObject): void {
    const at = this.clock.now + this.drawRequest(this.timings.watch);
    this.#setsDeliveredAt = Math.max(this.#setsDeliveredAt, at);
    this.clock.at(this.#setsDeliveredAt, () => {
      set.cached = set.stored;
      for (const listener of this.#setListeners) listener(set);
    });
  }
}
