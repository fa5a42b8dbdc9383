import type { WorkloadSpec } from '../manifest/workload-spec';
import { resolveFenceposts } from '../rules/fenceposts';
import type { ReplicaSetView } from './objects';
import { proportionalSizes } from './proportional-rules';
import { grownNewSet, shrunkOldSets, type Scaling, type Wanted } from './rolling-rules';

/** What one sync of the Deployment controller does. */
export interface Plan {
  /** The size of a new ReplicaSet to create. */
  readonly create?: number;
  /** Sizes to write, by place in the list of ReplicaSets; the created one comes after the last. */
  readonly scalings: readonly Scaling[];
  /** Whether a write that fails makes the controller try again: cleaning up old sets does not. */
  readonly retries: boolean;
}

/** The ReplicaSets in order of creation, and which of them has the Deployment's template. */
export interface Fleet {
  readonly sets: readonly ReplicaSetView[];
  readonly newIndex: number | undefined;
  /** Whether pods of old ReplicaSets still exist, those that are ending among them. */
  readonly oldPodsExist: boolean;
}

const nothing: Plan = { scalings: [], retries: true };

/** A Deployment's fenceposts; without a rolling update there are none. */
export function wantedOf({ replicas, strategy }: WorkloadSpec): Wanted {
  if (strategy.type === 'Recreate') return { replicas, surge: 0, unavailable: 0 };
  const { surge, unavailable } = resolveFenceposts(strategy.maxSurge, strategy.maxUnavailable, replicas);
  return { replicas, surge, unavailable: Math.min(unavailable, replicas) };
}

const active = (sets: readonly ReplicaSetView[]): number[] =>
  sets.flatMap(({ replicas }, index) => (replicas > 0 ? [index] : []));

/** @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/controller/deployment/sync.go `scale` */
function scale(spec: WorkloadSpec, { sets, newIndex }: Fleet): Plan {
  const wanted = wantedOf(spec);
  const running = active(sets);
  const only = running.length === 1 ? running[0] : (newIndex ?? sets.length - 1);
  if (running.length <= 1) {
    const set = only === undefined ? undefined : sets[only];
    if (only === undefined || !set || set.replicas === spec.replicas) return nothing;
    return { ...nothing, scalings: [{ index: only, to: spec.replicas }] };
  }
  const newSet = newIndex === undefined ? undefined : sets[newIndex];
  const saturated =
    newSet?.replicas === spec.replicas &&
    newSet.desired === spec.replicas &&
    newSet.status.available === spec.replicas;
  if (saturated) {
    const old = running.filter((index) => index !== newIndex);
    return { ...nothing, scalings: old.map((index) => ({ index, to: 0 })) };
  }
  if (spec.strategy.type === 'Recreate') return nothing;
  const holders = running.flatMap((index) => sets[index] ?? []);
  const max = wanted.replicas + wanted.surge;
  const scalings = proportionalSizes(wanted, holders)
    .filter(({ index, to }) => {
      // a set that is as it should be is not written to, or a paused Deployment would never rest
      const set = holders[index];
      return set?.replicas !== to || set.desired !== spec.replicas || set.max !== max;
    })
    .map(({ index, to }) => ({ index: running[index] ?? 0, to }));
  return { ...nothing, scalings };
}

/** @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/controller/deployment/recreate.go */
function recreate({ replicas }: WorkloadSpec, { sets, newIndex, oldPodsExist }: Fleet): Plan {
  const old = active(sets).filter((index) => index !== newIndex);
  if (old.length > 0) return { ...nothing, scalings: old.map((index) => ({ index, to: 0 })) };
  if (oldPodsExist) return nothing;
  if (newIndex === undefined) return { ...nothing, create: replicas };
  return sets[newIndex]?.replicas === replicas
    ? nothing
    : { ...nothing, scalings: [{ index: newIndex, to: replicas }] };
}

/** @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/controller/deployment/rolling.go `rolloutRolling` */
function roll(spec: WorkloadSpec, { sets, newIndex }: Fleet): Plan {
  const wanted = wantedOf(spec);
  const total = sets.reduce((count, { replicas }) => count + replicas, 0);
  const existing = newIndex === undefined ? undefined : sets[newIndex];
  const create = existing ? undefined : grownNewSet(wanted, 0, total);
  const size = existing?.replicas ?? create ?? 0;
  if (existing && newIndex !== undefined && size !== spec.replicas) {
    const to = size > spec.replicas ? spec.replicas : grownNewSet(wanted, size, total);
    if (to !== size) return { ...nothing, scalings: [{ index: newIndex, to }] };
  }
  const old = active(sets).filter((index) => index !== newIndex);
  const sizes = old.flatMap((index) => {
    const set = sets[index];
    return set ? [{ replicas: set.replicas, available: set.status.available }] : [];
  });
  const newSet = { replicas: size, available: existing?.status.available ?? 0 };
  const scalings = shrunkOldSets(wanted, sizes, newSet).map(({ index, to }) => ({
    index: old[index] ?? 0,
    to,
  }));
  return { ...(create !== undefined && { create }), scalings, retries: false };
}

/**
 * What the Deployment controller does when it looks at its ReplicaSets.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/controller/deployment/deployment_controller.go `syncDeployment`
 */
export function planOf(spec: WorkloadSpec, fleet: Fleet): Plan {
  const scaled = fleet.sets.some(({ replicas, desired }) => replicas > 0 && desired !== spec.replicas);
  if (spec.paused || scaled) return scale(spec, fleet);
  return spec.strategy.type === 'Recreate' ? recreate(spec, fleet) : roll(spec, fleet);
}
