import type { PodState } from '../timeline/timeline.ts';
import { controllerOf, type Pod } from './api-objects.ts';
import { podState, readySince, restartsOf } from './pod-state.ts';
import type { TimedState } from './samples.ts';

/** The time of a Ready condition is rounded down to a second, so it precedes its event by at most this. */
const TRUNCATION_SECONDS = 1.5;

/** The life of a pod with one image: a pod whose image changes in place has several records. */
export interface PodRecord {
  /** The pod as it was first seen. */
  readonly pod: Pod;
  /** uid of its ReplicaSet. */
  owner: string | undefined;
  node: string | undefined;
  restarts: number;
  readonly states: TimedState[];
  everReady: boolean;
  /** Restarts that the pod had before this record began. */
  readonly restartsBefore: number;
  containerID: string | undefined;
}

const imageOf = ({ spec }: Pod): string => spec.containers[0]?.image ?? '';
const containerOf = ({ status }: Pod): string | undefined => status?.containerStatuses?.[0]?.containerID;

/** The records of all pods of a workload, built from watch events. */
export class Pods {
  /** All records, in order of creation. */
  readonly records: PodRecord[] = [];
  readonly #live = new Map<string, PodRecord>();
  readonly #tally = new Map<PodState, number>();

  /** @param epoch wall-clock time of second 0 of the recording's clock, in seconds */
  constructor(readonly epoch: number) {}

  /** Returns how many pods are in a state now. */
  count(state: PodState): number {
    return this.#tally.get(state) ?? 0;
  }

  /** Returns the records of the pods that exist. */
  get live(): Iterable<PodRecord> {
    return this.#live.values();
  }

  /** Handles an event of a pod that exists. @param minReadySeconds how long a pod must be ready to be available */
  update(at: number, pod: Pod, minReadySeconds: number): void {
    const known = this.#live.get(pod.metadata.uid);
    const record = known && !this.#replaced(known, pod) ? known : this.#begin(at, pod, known);
    record.node = pod.spec.nodeName ?? record.node;
    record.owner = controllerOf(pod)?.uid ?? record.owner;
    record.restarts = restartsOf(pod) - record.restartsBefore;
    if (imageOf(record.pod) === imageOf(pod)) record.containerID = containerOf(pod) ?? record.containerID;
    const state = podState(pod, record.everReady);
    const ready = state === 'ready' ? this.#readyAt(at, record, pod) : undefined;
    this.#enter(at, record, state, ready === undefined ? undefined : ready + minReadySeconds);
  }

  /** Handles the end of a pod. */
  remove(at: number, uid: string): void {
    const record = this.#live.get(uid);
    if (!record) return;
    this.#enter(at, record, 'gone');
    this.#live.delete(uid);
  }

  /** A new image takes effect when the kubelet has replaced the container, not when the spec changes. */
  #replaced(record: PodRecord, pod: Pod): boolean {
    const container = containerOf(pod);
    return imageOf(record.pod) !== imageOf(pod) && !!container && container !== record.containerID;
  }

  #begin(at: number, pod: Pod, before: PodRecord | undefined): PodRecord {
    if (before) this.#enter(at, before, 'gone');
    const record: PodRecord = {
      pod,
      owner: controllerOf(pod)?.uid,
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
   * Returns when a pod became ready. The controllers use the time of the Ready condition; the time of
   * the event bounds it, because the clock of the node may differ from ours.
   */
  #readyAt(at: number, record: PodRecord, pod: Pod): number {
    const since = (readySince(pod) ?? Infinity) - this.epoch;
    const transitionSeen = record.states.length > 0;
    return Math.min(at, transitionSeen ? Math.max(since, at - TRUNCATION_SECONDS) : since);
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
