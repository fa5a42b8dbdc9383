import type { WorkloadSpec } from '../manifest/workload-spec.ts';
import { resolveFenceposts } from '../rules/fenceposts.ts';
import type { ReplicaSetVersion } from './model.ts';
import { scaleProportionally } from './proportional-rules.ts';
import { scaleDownOldSets, scaleUpNewSet, type RolloutLimits, type Scaling } from './rolling-rules.ts';

/** The writes of one sync of the Deployment controller. */
export interface SyncPlan {
  /** Size of the new ReplicaSet to create; undefined when none is created. */
  readonly create?: number;
  /** New sizes, by position in the list of ReplicaSets. */
  readonly scalings: readonly Scaling[];
  /** True when a failed write fails the sync. The clean-up of old ReplicaSets ignores failed writes. */
  readonly retries: boolean;
}

/** The input of a sync. */
export interface Fleet {
  /** In order of creation. */
  readonly sets: readonly ReplicaSetVersion[];
  /** Position of the ReplicaSet with the Deployment's template; undefined when there is none. */
  readonly newIndex: number | undefined;
  /** True when pods of old ReplicaSets exist, including terminating pods. */
  readonly oldPodsExist: boolean;
}

const nothing: SyncPlan = { scalings: [], retries: true };

/** Resolves the rollout limits of a Deployment; a Recreate strategy allows neither surge nor unavailable pods. */
export function resolveLimits({ replicas, strategy }: WorkloadSpec): RolloutLimits {
  if (strategy.type === 'Recreate') return { replicas, surge: 0, unavailable: 0 };
  const { surge, unavailable } = resolveFenceposts(strategy.maxSurge, strategy.maxUnavailable, replicas);
  return { replicas, surge, unavailable: Math.min(unavailable, replicas) };
}

const findActive = (sets: readonly ReplicaSetVersion[]): number[] =>
  sets.flatMap(({ replicas }, index) => (replicas > 0 ? [index] : []));

/** Scales every active ReplicaSet except the new one to 0. */
const removeOld = (active: readonly number[], newIndex: number | undefined): SyncPlan => ({
  ...nothing,
  scalings: active.filter((index) => index !== newIndex).map((index) => ({ index, to: 0 })),
});

/** Returns the only active ReplicaSet; with none active, the new or else the latest one. */
function findOnly({ sets, newIndex }: Fleet, active: readonly number[]): number | undefined {
  if (active.length === 1) return active[0];
  return newIndex ?? (sets.length > 0 ? sets.length - 1 : undefined);
}

const isSaturated = (set: ReplicaSetVersion | undefined, replicas: number): boolean =>
  set?.replicas === replicas && set.desired === replicas && set.status.available === replicas;

/** @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/controller/deployment/sync.go `scale` */
function planScale(spec: WorkloadSpec, fleet: Fleet): SyncPlan {
  const { sets, newIndex } = fleet;
  const active = findActive(sets);
  if (active.length <= 1) {
    const only = findOnly(fleet, active);
    if (only === undefined || sets[only]?.replicas === spec.replicas) return nothing;
    return { ...nothing, scalings: [{ index: only, to: spec.replicas }] };
  }
  if (newIndex !== undefined && isSaturated(sets[newIndex], spec.replicas))
    return removeOld(active, newIndex);
  return spec.strategy.type === 'Recreate' ? nothing : planProportional(spec, sets, active);
}

function planProportional(
  spec: WorkloadSpec,
  sets: readonly ReplicaSetVersion[],
  active: readonly number[],
): SyncPlan {
  const limits = resolveLimits(spec);
  const holders = active.flatMap((index) => sets[index] ?? []);
  const max = limits.replicas + limits.surge;
  const scalings = scaleProportionally(limits, holders)
    .filter(({ index, to }) => {
      // Without this check a paused Deployment would write unchanged sizes forever.
      const set = holders[index];
      return set?.replicas !== to || set.desired !== spec.replicas || set.max !== max;
    })
    .map(({ index, to }) => ({ index: active[index] ?? 0, to }));
  return { ...nothing, scalings };
}

/** @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/controller/deployment/recreate.go */
function planRecreate({ replicas }: WorkloadSpec, { sets, newIndex, oldPodsExist }: Fleet): SyncPlan {
  const plan = removeOld(findActive(sets), newIndex);
  if (plan.scalings.length > 0) return plan;
  if (oldPodsExist) return nothing;
  if (newIndex === undefined) return { ...nothing, create: replicas };
  return sets[newIndex]?.replicas === replicas
    ? nothing
    : { ...nothing, scalings: [{ index: newIndex, to: replicas }] };
}

/**
 * Plans a sync of a rolling update: it scales the new ReplicaSet, or else the old ones. The sync that
 * creates the new ReplicaSet does both.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/controller/deployment/rolling.go `rolloutRolling`
 */
function planRolling(spec: WorkloadSpec, { sets, newIndex }: Fleet): SyncPlan {
  const limits = resolveLimits(spec);
  const total = sets.reduce((count, { replicas }) => count + replicas, 0);
  const existing = newIndex === undefined ? undefined : sets[newIndex];
  const create = existing ? undefined : scaleUpNewSet(limits, 0, total);
  const size = existing?.replicas ?? create ?? 0;
  if (existing && newIndex !== undefined && size !== spec.replicas) {
    const to = size > spec.replicas ? spec.replicas : scaleUpNewSet(limits, size, total);
    if (to !== size) return { ...nothing, scalings: [{ index: newIndex, to }] };
  }
  const old = findActive(sets).filter((index) => index !== newIndex);
  const sizes = old.flatMap((index) => {
    const set = sets[index];
    return set ? [{ replicas: set.replicas, available: set.status.available }] : [];
  });
  const newSet = { replicas: size, available: existing?.status.available ?? 0 };
  const scalings = scaleDownOldSets(limits, sizes, newSet).map(({ index, to }) => ({
    index: old[index] ?? 0,
    to,
  }));
  return { ...(create !== undefined && { create }), scalings, retries: false };
}

/**
 * Returns the writes of one sync of the Deployment controller.
 *
 * A Deployment that is paused, or whose replicas differ from an active ReplicaSet's `desired-replicas`,
 * is only scaled.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/controller/deployment/deployment_controller.go `syncDeployment`
 */
export function planSync(spec: WorkloadSpec, fleet: Fleet): SyncPlan {
  const scaled = fleet.sets.some(({ replicas, desired }) => replicas > 0 && desired !== spec.replicas);
  if (spec.paused || scaled) return planScale(spec, fleet);
  return spec.strategy.type === 'Recreate' ? planRecreate(spec, fleet) : planRolling(spec, fleet);
}
