import type { PodState } from '../timeline/timeline';
import { controllerOf, type Pod } from './objects';
import { podState, readySince, restartsOf } from './pod-state';
import type { TimedState } from './samples';

/** A Ready condition's time is in whole seconds: it is before the news of it by this at the most. */
const TRUNCATION_SECONDS = 1.5;

/** One life of a pod's container: a pod whose image is changed in place has several. */
export interface PodRecord {
  /** The pod as it was when this life was first seen. */
  readonly pod: Pod;
  /** The ReplicaSet that it belongs to. */
  owner: string | undefined;
  node: string | undefined;
  restarts: number;
  readonly states: TimedState[];
  everReady: boolean;
  /** Restarts before this life began. */
  readonly restartsBefore: number;
  containerID: string | undefined;
}

const imageOf = ({ spec }: Pod): string => spec.containers[0]?.image ?? '';
const containerOf = ({ status }: Pod): string | undefined => status?.containerStatuses?.[0]?.containerID;

/** What pods have done, folded from what a watch tells of them one by one. */
export class Pods {
  /** In order of creation. */
  readonly records: PodRecord[] = [];
  readonly #live = new Map<string, PodRecord>();
  readonly #tally = new Map<PodState, number>();

  /** @param epoch the wall clock's time, in seconds, of second 0 of the observations' clock */
  constructor(readonly epoch: number) {}

  /** How many pods are in a state now. */
  count(state: PodState): number {
    return this.#tally.get(state) ?? 0;
  }

  /** The records of the pods that exist. */
  get live(): Iterable<PodRecord> {
    return this.#live.values();
  }

  /** @param minReadySeconds for how long a pod must be ready to be available */
  seen(at: number, pod: Pod, minReadySeconds: number): void {
    const known = this.#live.get(pod.metadata.uid);
    const record = known && !this.#replaced(known, pod) ? known : this.#begin(at, pod, known);
    record.node = pod.spec.nodeName ?? record.node;
    record.owner = controllerOf(pod) ?? record.owner;
    record.restarts = restartsOf(pod) - record.restartsBefore;
    if (imageOf(record.pod) === imageOf(pod)) record.containerID = containerOf(pod) ?? record.containerID;
    const state = podState(pod, record.everReady);
    const ready = state === 'ready' ? this.#readyAt(at, record, pod) : undefined;
    this.#enter(at, record, state, ready === undefined ? undefined : ready + minReadySeconds);
  }

  gone(at: number, uid: string): void {
    const record = this.#live.get(uid);
    if (!record) return;
    this.#enter(at, record, 'gone');
    this.#live.delete(uid);
  }

  /** A changed image takes effect when the kubelet has put another container in place of the old. */
  #replaced(record: PodRecord, pod: Pod): boolean {
    const container = containerOf(pod);
    return imageOf(record.pod) !== imageOf(pod) && !!container && container !== record.containerID;
  }

  #begin(at: number, pod: Pod, before: PodRecord | undefined): PodRecord {
    if (before) this.#enter(at, before, 'gone');
    const record: PodRecord = {
      pod,
      owner: controllerOf(pod),
      node: pod.spec.nodeName,
      restarts: 0,
      states: [],
      everReady: false,
      restartsBefore: before ? restartsOf(pod) : 0,
      containerID: containerOf(pod),
    };
    this.records.push(record);
    this.#live.set(pod.metadata.uid, record);
    return record;
  }

  /**
   * Since when a pod is ready to the controllers, which go by the condition's time. What
   * was seen to happen bounds it, in case the node's clock differs from ours.
   */
  #readyAt(at: number, record: PodRecord, pod: Pod): number {
    const since = (readySince(pod) ?? Infinity) - this.epoch;
    const seenToHappen = record.states.length > 0;
    return Math.min(at, seenToHappen ? Math.max(since, at - TRUNCATION_SECONDS) : since);
  }

  #enter(at: number, record: PodRecord, state: PodState, availableAt?: number): void {
    const last = record.states.at(-1)?.state;
    if (last === state) return;
    if (last) this.#tally.set(last, this.count(last) - 1);
    if (state !== 'gone') this.#tally.set(state, this.count(state) + 1);
    record.states.push({ at, state, ...(availableAt !== undefined && { availableAt }) });
    record.everReady ||= state === 'ready';
  }
}
