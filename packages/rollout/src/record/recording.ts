import { selects } from '../manifest/selector.ts';
import type { ClusterInfo } from '../timeline/observations.ts';
import {
  TIMELINE_API_VERSION,
  toMillisecond,
  type End,
  type PodState,
  type Timeline,
  type Version,
} from '../timeline/timeline.ts';
import type { Change } from '../timeline/workload.ts';
import * as api from './api-objects.ts';
import { EventLog } from './event-log.ts';
import { Gaps, type LostWatch } from './gaps.ts';
import { PodRevisions } from './pod-revisions.ts';
import { Pods } from './pods.ts';
import { recordedWorkload } from './recorded-workload.ts';
import { isSettled, stallReason } from './rollout-status.ts';
import { samplesOf } from './samples.ts';
import { SpecChanges } from './spec-changes.ts';

/** An event of a watch. */
export interface WatchEvent {
  /** When the event arrived, in seconds on the recording's clock. */
  readonly at: number;
  /** What happened to the object. */
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  /** The object after the event, or before its deletion. */
  readonly object: api.KubernetesObject;
}

/** A pod that exists, as it is now. */
export interface LivePod {
  /** Name of the pod. */
  readonly pod: string;
  /** Version of its pod template. */
  readonly version: Version;
  /** What the pod is doing. */
  readonly state: PodState;
  /** When the state began, in seconds on the recording's clock. */
  readonly since: number;
}

/**
 * Builds the timeline of one workload from watch events. It uses neither the cluster nor a clock,
 * and each event takes the same time however many pods there are.
 */
export class Recording {
  readonly #pods: Pods;
  readonly #revisions = new PodRevisions();
  readonly #changes: SpecChanges;
  readonly #events = new EventLog();
  readonly #gaps = new Gaps();
  readonly #initial: api.WorkloadObject;
  #deleted = false;

  /**
   * @param from when the recording begins, in seconds on its clock
   * @param workload the workload at that time
   * @param epoch wall-clock time of second 0 of the recording's clock, in seconds
   */
  constructor(
    readonly from: number,
    workload: api.WorkloadObject,
    epoch: number,
  ) {
    this.#initial = workload;
    this.#pods = new Pods(epoch);
    this.#changes = new SpecChanges(workload);
    this.#revisions.addWorkload(workload);
    this.#events.include(workload.metadata.uid);
  }

  /** Handles a watch event. Events of other workloads are ignored. */
  observe({ at, type, object }: WatchEvent): void {
    const { kind, metadata } = this.#initial;
    if (object.metadata.namespace !== metadata.namespace) return;
    const itself = object.kind === kind && object.metadata.name === metadata.name;
    if (api.isClusterEvent(object)) this.#events.add(at, object);
    else if (api.isPod(object)) {
      if (itself) this.#observeWorkload(at, type, object);
      this.#observePod(at, type, object);
    } else if (api.isController(object) && itself) this.#observeWorkload(at, type, object);
    else this.#observeRevision(object);
  }

  /** Handles a change that the API server accepted, with its result. */
  addChange(at: number, change: Change, result: api.WorkloadObject): void {
    this.#revisions.addWorkload(result);
    this.#changes.addOwn(at, change, result);
  }

  /** Adds a span in which a watch was lost. */
  addGap(lost: LostWatch): void {
    this.#gaps.add(lost);
  }

  /** Returns whether the rollout has finished, or the workload was deleted. */
  get settled(): boolean {
    return this.#deleted || (!this.#changes.awaiting && isSettled(this.#changes.workload, this.#pods));
  }

  /** Returns why the rollout cannot proceed by itself; undefined if it can. */
  get stallReason(): string | undefined {
    return this.#changes.awaiting ? undefined : stallReason(this.#changes.workload);
  }

  /** Returns whether a change was accepted or seen. */
  get hasChanged(): boolean {
    return this.#changes.firstAt !== undefined;
  }

  /** Returns when the first change was accepted, or when the recording began if there is no change yet. */
  get zero(): number {
    return this.#changes.firstAt ?? this.from;
  }

  /** Returns the pods that exist, in order of creation. */
  get pods(): LivePod[] {
    return [...this.#pods.live].map((record) => {
      const { at: since, state } = record.states.at(-1) ?? { at: this.from, state: 'pending' };
      return { pod: record.pod.metadata.name, version: this.#revisions.versionOf(record), state, since };
    });
  }

  /** Returns the timeline, in seconds since the first change, or since the start if there is no change. */
  timeline(end: End, cluster?: ClusterInfo): Timeline {
    const { zero } = this;
    const since = (at: number): number => toMillisecond(at - zero);
    const moved = <Each extends { at: number }>(each: Each): Each => ({ ...each, at: since(each.at) });
    const counted = this.#pods.records.map((record) => ({
      record,
      version: this.#revisions.versionOf(record),
      states: record.states.map(({ at, state, availableAt = Infinity }) => ({
        at: since(at),
        state,
        availableAt: since(availableAt),
      })),
    }));
    const message = [end.message, this.#events.loss].filter((each) => each !== undefined).join('; ');
    const changedAt = new Date((this.#pods.epoch + zero) * 1000).toISOString();
    return {
      apiVersion: TIMELINE_API_VERSION,
      kind: 'Timeline',
      source: 'recorded',
      workload: recordedWorkload(this.#initial, this.#changes.workload),
      changes: this.#changes.all.map(moved),
      samples: samplesOf(counted, since(this.from), since(end.at)),
      pods: counted.map(({ record, version, states }) => ({
        pod: record.pod.metadata.name,
        version,
        revision: this.#revisions.revisionOf(record),
        image: record.pod.spec.containers[0]?.image ?? '',
        ...(record.node !== undefined && { node: record.node }),
        restarts: Math.max(0, record.restarts),
        states: states.map(({ at, state }) => ({ at, state })),
      })),
      end: { at: since(end.at), reason: end.reason, ...(message && { message }) },
      gaps: this.#gaps.all.map((gap) => ({ ...gap, from: since(gap.from), to: since(gap.to) })),
      events: this.#events.events.map(moved),
      ...(cluster && { cluster: { ...cluster, changedAt } }),
    };
  }

  #observeWorkload(at: number, type: WatchEvent['type'], object: api.WorkloadObject): void {
    // a controller created again under the same name is another workload; a Pod replaces itself that way
    if (object.metadata.uid !== this.#initial.metadata.uid && !api.isPod(object)) return;
    this.#deleted = type === 'DELETED';
    if (this.#deleted) return;
    this.#revisions.addWorkload(object);
    this.#changes.addWatched(at, object);
  }

  #observePod(at: number, type: WatchEvent['type'], pod: api.Pod): void {
    const { uid } = pod.metadata;
    if (type === 'DELETED' || !this.#owns(pod)) {
      this.#pods.remove(at, uid);
      return;
    }
    const { workload } = this.#changes;
    this.#events.include(uid);
    this.#pods.update(at, pod, api.isPod(workload) ? 0 : (workload.spec.minReadySeconds ?? 0));
  }

  #owns(pod: api.Pod): boolean {
    const workload = this.#initial;
    if (api.isPod(workload)) return pod.metadata.name === workload.metadata.name;
    const owner = api.controllerOf(pod);
    if (workload.kind !== 'Deployment') return owner?.uid === workload.metadata.uid;
    return owner?.kind === 'ReplicaSet' && selects(workload.spec.selector, pod.metadata.labels);
  }

  #observeRevision(object: api.KubernetesObject): void {
    if (api.controllerOf(object)?.uid !== this.#initial.metadata.uid) return;
    this.#events.include(object.metadata.uid);
    this.#revisions.addRevision(object);
  }
}
