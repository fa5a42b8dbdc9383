import type { Counts, Sample } from '../timeline/timeline.ts';

/** New pods, by what they have reached. */
export interface Wave {
  /** Pods that the ReplicaSet controller has yet to create. */
  readonly missing: number;
  readonly unready: number;
  /** Ready pods that are not available. */
  readonly ready: number;
  readonly available: number;
}

/** The old ReplicaSet, whose pods are ready until they are deleted. */
export interface OldSet {
  /** `spec.replicas`. */
  readonly replicas: number;
  /** Pods that exist and are not terminating. */
  readonly active: number;
  readonly terminating: number;
  /** `status.availableReplicas`, as the Deployment controller has seen it. */
  readonly seen: number;
}

/** The new ReplicaSet, whose pods are never deleted. */
export interface NewSet {
  /** `spec.replicas`. */
  readonly replicas: number;
  /**
   * The pods of each scale-up, in order. The first entry has those of every scale-up that no rule keeps apart
   * any more.
   */
  readonly waves: readonly Wave[];
  /** `status.availableReplicas`, as the Deployment controller has seen it. */
  readonly seen: number;
}

/** A state of the cluster during a rollout. Pods of one ReplicaSet in the same state are interchangeable. */
export interface State {
  readonly old: OldSet;
  /** Undefined until it is created. */
  readonly new: NewSet | undefined;
}

/** Counts of both versions. */
export type VersionCounts = Pick<Sample, 'old' | 'new'>;

/** Returns a string that is equal for equal states only. */
export function keyOf({ old, new: now }: State): string {
  const { replicas, active, terminating, seen } = old;
  const oldKey = `${replicas},${active},${terminating},${seen}`;
  if (!now) return oldKey;
  const waves = now.waves.map((wave) => `${wave.missing},${wave.unready},${wave.ready},${wave.available}`);
  return `${oldKey};${now.replicas},${now.seen};${waves.join(';')}`;
}

const none: Counts = { total: 0, ready: 0, available: 0, terminating: 0 };

/** Returns the counts that a timeline has in a state. */
export function countsOf({ old: { active, terminating }, new: now }: State): VersionCounts {
  const old = { total: active, ready: active, available: active, terminating };
  if (!now) return { old, new: none };
  const sum = (count: (wave: Wave) => number): number =>
    now.waves.reduce((total, wave) => total + count(wave), 0);
  const [available, ready] = [sum((wave) => wave.available), sum((wave) => wave.ready)];
  const total = available + ready + sum(({ unready }) => unready);
  return { old, new: { total, ready: ready + available, available, terminating: 0 } };
}
