import type { Cluster } from '../timeline/observations';
import {
  TIMELINE_API_VERSION,
  type End,
  type PodState,
  type Timeline,
  type Version,
} from '../timeline/timeline';
import type { Change } from '../timeline/workload';
import { EventLog } from './event-log';
import { Gaps, type Missing } from './gaps';
import * as objects from './objects';
import type { Controller, KubernetesObject, Pod, Workload } from './objects';
import { Pods, type PodRecord } from './pods';
import { samplesOf } from './samples';
import { selects } from '../manifest/selector';
import { isSettled, stalled } from './settled';
import { SpecChanges } from './spec-changes';
import { versionOf, Versions } from './versions';
import { workloadFacts } from './workload-facts';

/** Something that a watch tells, at `at` seconds on the recording's own steady clock. */
export interface Observation {
  readonly at: number;
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly object: KubernetesObject;
}

/** A pod as it is now, in its state since `since` on the recording's clock. */
export interface LivePod {
  readonly pod: string;
  readonly version: Version;
  readonly state: PodState;
  readonly since: number;
}

/**
 * One workload's timeline in the making: a fold of what a watch tells. It touches
 * neither the cluster nor a clock, and takes the same time for each observation
 * however many pods there are.
 */
export class Recording {
  readonly #pods: Pods;
  readonly #versions = new Versions();
  readonly #changes: SpecChanges;
  readonly #events = new EventLog();
  readonly #gaps = new Gaps();
  readonly #initial: Workload;
  #deleted = false;

  /**
   * @param from when the recording begins
   * @param workload as it is then
   * @param epoch the wall clock's time, in seconds, of second 0 of the observations' clock
   */
  constructor(
    readonly from: number,
    workload: Workload,
    epoch: number,
  ) {
    this.#initial = workload;
    this.#pods = new Pods(epoch);
    this.#changes = new SpecChanges(workload);
    this.#versions.asked(workload);
    this.#events.concern(workload.metadata.uid);
  }

  /** The workload as it was last seen. */
  get workload(): Workload {
    return this.#changes.workload;
  }

  observe({ at, type, object }: Observation): void {
    const { kind, metadata } = this.#initial;
    if (object.metadata.namespace !== metadata.namespace) return;
    const itself = object.kind === kind && object.metadata.name === metadata.name;
    if (objects.isClusterEvent(object)) this.#events.note(at, object);
    else if (objects.isPod(object)) {
      if (itself) this.#observeWorkload(at, type, object);
      this.#observePod(at, type, object);
    } else if (objects.isController(object)) {
      if (itself) this.#observeWorkload(at, type, object);
      else this.#observeReplicaSet(object);
    }
  }

  /** The API server accepted a change, with this result. */
  changed(at: number, change: Change, result: Workload): void {
    this.#versions.asked(result);
    this.#changes.made(at, change, result);
  }

  /** Something may have been missed. */
  missed(missing: Missing): void {
    this.#gaps.add(missing);
  }

  /** Whether nothing is left to happen. */
  get settled(): boolean {
    return this.#deleted || (!this.#changes.awaiting && isSettled(this.workload, this.#pods));
  }

  /** Why the rollout will not go on by itself, if it has stopped. */
  get stalled(): string | undefined {
    return this.#changes.awaiting ? undefined : stalled(this.workload);
  }

  /** Whether a change has been accepted, or seen. */
  get changedYet(): boolean {
    return this.#changes.first !== undefined;
  }

  /** When the first change was accepted, or the recording began where there is none. */
  get zero(): number {
    return this.#changes.first ?? this.from;
  }

  /** The pods that exist, in order of creation. */
  get pods(): LivePod[] {
    return [...this.#pods.live].map((record) => {
      const { at: since, state } = record.states.at(-1) ?? { at: this.from, state: 'pending' };
      return { pod: record.pod.metadata.name, version: this.#versionOf(record), state, since };
    });
  }

  /** The timeline up to its end, with seconds since the first change, or since the start where there is none. */
  timeline(end: End, cluster?: Cluster): Timeline {
    const { zero } = this;
    const since = (at: number): number => Math.round((at - zero) * 1000) / 1000;
    const moved = <Each extends { at: number }>(each: Each): Each => ({ ...each, at: since(each.at) });
    const counted = this.#pods.records.map((record) => ({
      record,
      revision: this.#versions.revisionOf(record),
      version: this.#versionOf(record),
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
      workload: workloadFacts(this.#initial, this.workload),
      changes: this.#changes.all.map(moved),
      samples: samplesOf(counted, since(this.from), since(end.at)),
      pods: counted.map(({ record: { pod, node, restarts }, version, revision, states }) => ({
        pod: pod.metadata.name,
        version,
        revision,
        image: pod.spec.containers[0]?.image ?? '',
        ...(node !== undefined && { node }),
        restarts: Math.max(0, restarts),
        states: states.map(({ at, state }) => ({ at, state })),
      })),
      end: { at: since(end.at), reason: end.reason, ...(message && { message }) },
      gaps: this.#gaps.all.map((gap) => ({ ...gap, from: since(gap.from), to: since(gap.to) })),
      events: this.#events.events.map(moved),
      ...(cluster && { cluster: { ...cluster, changedAt } }),
    };
  }

  #versionOf(record: PodRecord): Version {
    return versionOf(this.#versions.revisionOf(record));
  }

  #observeWorkload(at: number, type: Observation['type'], object: Workload): void {
    // one of the same name that is made after a deletion is another workload, but a Pod is its own replacement
    if (object.metadata.uid !== this.#initial.metadata.uid && !objects.isPod(object)) return;
    this.#deleted = type === 'DELETED';
    if (this.#deleted) return;
    this.#versions.asked(object);
    this.#changes.seen(at, object);
  }

  #observePod(at: number, type: Observation['type'], pod: Pod): void {
    const { uid } = pod.metadata;
    if (type === 'DELETED' || !this.#owns(pod)) {
      this.#pods.gone(at, uid);
      return;
    }
    const { workload } = this;
    this.#events.concern(uid);
    this.#pods.seen(at, pod, objects.isPod(workload) ? 0 : (workload.spec.minReadySeconds ?? 0));
  }

  #owns(pod: Pod): boolean {
    const workload = this.#initial;
    if (objects.isPod(workload)) return pod.metadata.name === workload.metadata.name;
    const owner = pod.metadata.ownerReferences?.find(({ controller }) => controller);
    if (workload.kind === 'ReplicaSet') return owner?.uid === workload.metadata.uid;
    return owner?.kind === 'ReplicaSet' && selects(workload.spec.selector, pod.metadata.labels);
  }

  #observeReplicaSet(replicaSet: Controller): void {
    if (objects.controllerOf(replicaSet) !== this.#initial.metadata.uid) return;
    this.#events.concern(replicaSet.metadata.uid);
    this.#versions.replicaSet(replicaSet);
  }
}
