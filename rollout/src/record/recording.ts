import { TIMELINE_API_VERSION, type End, type Lane, type Timeline, type Version } from '../timeline';
import type { Gap, WorkloadEvent } from '../observations';
import type { Change } from '../workload-facts';
import {
  controllerOf,
  isClusterEvent,
  isController,
  isPod,
  type ClusterEvent,
  type Controller,
  type KubernetesObject,
  type Pod,
  type PodTemplate,
  type Workload,
} from './objects';
import { Pods, type PodRecord } from './pods';
import { Revisions } from './revisions';
import { samplesOf } from './samples';
import { selects } from './selector';
import { isSettled, stalled } from './settled';
import { SpecChanges } from './spec-changes';
import { workloadFacts } from './workload-facts';

/** Something that a watch tells, at `at` seconds on the recording's own steady clock. */
export interface Observation {
  readonly at: number;
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly object: KubernetesObject;
}

/** More events than this are counted, not kept. */
const MAX_EVENTS = 1000;
/** What every pod goes through, and its lane shows. */
const COMMONPLACE = new Set(['Scheduled', 'Pulling', 'Pulled', 'Created', 'Started']);

/**
 * One workload's timeline in the making: a fold of what a watch tells. It touches
 * neither the cluster nor a clock, and takes the same time for each observation
 * however many pods there are.
 */
export class Recording {
  readonly #pods: Pods;
  readonly #revisions = new Revisions();
  readonly #changes: SpecChanges;
  readonly #templates = new Map<string, PodTemplate>();
  readonly #events: WorkloadEvent[] = [];
  readonly #gaps: Gap[] = [];
  readonly #uids: Set<string>;
  readonly #initial: Workload;
  #eventsLost = 0;
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
    this.#revisions.ask(workload);
    this.#uids = new Set([workload.metadata.uid]);
  }

  /** The workload as it was last seen. */
  get workload(): Workload {
    return this.#changes.workload;
  }

  observe({ at, type, object }: Observation): void {
    if (object.metadata.namespace !== this.#initial.metadata.namespace) return;
    if (object.kind === this.#initial.kind && object.metadata.name === this.#initial.metadata.name) {
      if (isController(object) || isPod(object)) this.#observeWorkload(at, type, object);
    } else if (isPod(object)) this.#observePod(at, type, object);
    else if (isController(object)) this.#observeReplicaSet(object);
    else if (isClusterEvent(object)) this.#observeEvent(at, object);
  }

  /** The API server accepted a change, with this result. */
  changed(at: number, change: Change, result: Workload): void {
    this.#revisions.ask(result);
    this.#changes.made(at, change, result);
  }

  /** Something may have been missed between `from` and `to`. */
  missed(from: number, to: number, reason: string): void {
    this.#gaps.push({ from, to, reason });
  }

  /** Whether nothing is left to happen. */
  get settled(): boolean {
    return this.#deleted || (!this.#changes.awaiting && isSettled(this.workload, this.#pods));
  }

  /** Why the rollout will not go on by itself, if it has stopped. */
  get stalled(): string | undefined {
    return this.#changes.awaiting ? undefined : stalled(this.workload);
  }

  /** When the first change was accepted, or the recording began where there is none. */
  get zero(): number {
    return this.#changes.first ?? this.from;
  }

  /** The timeline up to now, with seconds since the first change, or since the start where there is none. */
  timeline(end: End, { load, cluster }: Pick<Timeline, 'load' | 'cluster'> = {}): Timeline {
    const { zero } = this;
    const since = (at: number): number => Math.round((at - zero) * 1000) / 1000;
    const changedAt = new Date((this.#pods.epoch + zero) * 1000).toISOString();
    const versions = this.#pods.records.map((record) => ({ record, revision: this.#revisionOf(record) }));
    const counted = versions.map(({ record, revision }) => ({
      version: versionOf(revision),
      states: record.states.map(({ at, state, availableAt }) => ({
        at: since(at),
        state,
        ...(availableAt !== undefined && { availableAt: since(availableAt) }),
      })),
    }));
    const at = <Each extends { at: number }>(each: Each): Each => ({ ...each, at: since(each.at) });
    const lost = this.#eventsLost > 0 ? `${this.#eventsLost} more events were not kept` : undefined;
    const message = [end.message, lost].filter((each) => each !== undefined).join('; ');
    return {
      apiVersion: TIMELINE_API_VERSION,
      kind: 'Timeline',
      source: 'recorded',
      workload: workloadFacts(this.#initial, this.workload),
      changes: this.#changes.all.map(at),
      samples: samplesOf(counted, since(this.from), since(end.at)),
      pods: versions.map(({ record, revision }): Lane => laneOf(record, revision, since)),
      end: { at: since(end.at), reason: end.reason, ...(message && { message }) },
      gaps: this.#gaps.map((gap) => ({ ...gap, from: since(gap.from), to: since(gap.to) })),
      events: this.#events.map(at),
      ...(load && { load }),
      ...(cluster && { cluster: { ...cluster, changedAt } }),
    };
  }

  #observeWorkload(at: number, type: Observation['type'], object: Workload): void {
    if (object.metadata.uid !== this.#initial.metadata.uid && !isPod(object)) return;
    this.#deleted = type === 'DELETED';
    if (isPod(object)) this.#observePod(at, type, object);
    if (type === 'DELETED') return;
    this.#revisions.ask(object);
    this.#changes.seen(at, object);
  }

  #observePod(at: number, type: Observation['type'], pod: Pod): void {
    const { uid } = pod.metadata;
    if (type === 'DELETED' || !this.#owns(pod)) {
      this.#pods.gone(at, uid);
      return;
    }
    this.#uids.add(uid);
    this.#pods.seen(at, pod, minReadySecondsOf(this.workload));
  }

  #owns(pod: Pod): boolean {
    const { metadata, kind, spec } = this.#initial;
    if (isPod(this.#initial)) return pod.metadata.name === metadata.name;
    const owner = pod.metadata.ownerReferences?.find(({ controller }) => controller);
    if (kind === 'ReplicaSet') return owner?.uid === metadata.uid;
    return owner?.kind === 'ReplicaSet' && 'selector' in spec && selects(spec.selector, pod.metadata.labels);
  }

  #observeReplicaSet(replicaSet: Controller): void {
    if (controllerOf(replicaSet) !== this.#initial.metadata.uid) return;
    const { uid } = replicaSet.metadata;
    this.#uids.add(uid);
    this.#templates.set(uid, replicaSet.spec.template);
  }

  #observeEvent(at: number, event: ClusterEvent): void {
    const { involvedObject: about, type, reason = '', message = '', count } = event;
    if (!this.#uids.has(about.uid ?? '') || COMMONPLACE.has(reason)) return;
    if (this.#events.length >= MAX_EVENTS) {
      this.#eventsLost += 1;
      return;
    }
    const { kind, name } = about;
    this.#events.push({
      at,
      kind,
      name,
      reason,
      message,
      ...(type !== undefined && { type }),
      ...(count !== undefined && { count }),
    });
  }

  #revisionOf({ owner, pod }: PodRecord): number {
    const template = owner === undefined ? undefined : this.#templates.get(owner);
    return template ? this.#revisions.ofTemplate(template) : this.#revisions.ofPod(pod);
  }
}

const versionOf = (revision: number): Version => (revision === 0 ? 'old' : 'new');
const minReadySecondsOf = (workload: Workload): number =>
  isPod(workload) ? 0 : (workload.spec.minReadySeconds ?? 0);

function laneOf(record: PodRecord, revision: number, since: (at: number) => number): Lane {
  const { pod, node, restarts, states } = record;
  return {
    pod: pod.metadata.name,
    version: versionOf(revision),
    revision,
    image: pod.spec.containers[0]?.image ?? '',
    ...(node !== undefined && { node }),
    restarts: Math.max(0, restarts),
    states: states.map(({ at, state }) => ({ at: since(at), state })),
  };
}
