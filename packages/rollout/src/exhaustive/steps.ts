import type { WorkloadSpec } from '../manifest/workload-spec.ts';
import { planSync, resolveLimits, type Fleet } from '../simulation/deployment-plan.ts';
import type { ReplicaSetVersion } from '../simulation/model.ts';
import type { NewSet, OldSet, State, Wave } from './state.ts';

/** One step of a controller or a kubelet. */
export interface Step {
  /** What happens: `Deployment controller: old ReplicaSet to 2`. */
  readonly does: string;
  readonly to: State;
}

/**
 * Shortest `minReadySeconds` that orders readiness and availability. Its time counts in whole seconds, so
 * with 1 a pod can be available at once.
 */
export const SHORTEST_WAIT_SECONDS = 2;

function fleetOf(spec: WorkloadSpec, { old, new: now }: State): Fleet {
  const { replicas: desired, minReadySeconds } = spec;
  const max = desired + resolveLimits(spec).surge;
  const version = ({ replicas, seen: available }: OldSet | NewSet): ReplicaSetVersion => {
    const status = { replicas: available, ready: available, available, observed: 1 };
    return { replicas, minReadySeconds, desired, max, generation: 1, version: 0, status };
  };
  return {
    sets: [version(old), ...(now ? [version(now)] : [])],
    newIndex: now && 1,
    oldPodsExist: old.active + old.terminating > 0,
  };
}

const nobody: Wave = { missing: 0, unready: 0, ready: 0, available: 0 };

function scaleUp(now: NewSet, to: number): NewSet {
  const wave = { ...nobody, missing: to - now.replicas };
  return { ...now, replicas: to, waves: wave.missing === 0 ? now.waves : [...now.waves, wave] };
}

/** A sync of the Deployment controller. Its first one creates the new ReplicaSet, then scales the old one. */
function syncDeployment(spec: WorkloadSpec, state: State): Step[] {
  const { create, scalings } = planSync(spec, fleetOf(spec, state));
  if (create !== undefined) {
    const now = scaleUp({ replicas: 0, waves: [nobody], seen: 0 }, create);
    return [{ does: `Deployment controller: new ReplicaSet of ${create}`, to: { ...state, new: now } }];
  }
  const scaling = scalings.at(-1);
  if (!scaling) return [];
  const { index, to } = scaling;
  const does = `Deployment controller: ${index === 0 ? 'old' : 'new'} ReplicaSet to ${to}`;
  if (index === 0) return [{ does, to: { ...state, old: { ...state.old, replicas: to } } }];
  return state.new ? [{ does, to: { ...state, new: scaleUp(state.new, to) } }] : [];
}

/** The old pods: the ReplicaSet controller deletes them, and the kubelet ends them. */
function stepOld(state: State): Step[] {
  const { replicas, active, terminating, seen } = state.old;
  const change = (does: string, changed: Partial<OldSet>): Step => ({
    does,
    to: { ...state, old: { ...state.old, ...changed } },
  });
  const steps: Step[] = [];
  if (active > replicas)
    steps.push(
      change('ReplicaSet controller: deletes an old pod', {
        active: active - 1,
        terminating: terminating + 1,
      }),
    );
  if (terminating > 0) steps.push(change('kubelet: an old pod has ended', { terminating: terminating - 1 }));
  if (seen > active)
    steps.push(
      change(`Deployment controller: sees ${seen - 1} old available`, {
        seen: seen - 1,
      }),
    );
  return steps;
}

/**
 * Moves the pods of a wave to the first entry when nothing keeps them apart: all of them exist, and with
 * `minReadySeconds` all are ready.
 */
function settle(waves: readonly Wave[], minReadySeconds: number): Wave[] {
  const isSettled = ({ missing, unready }: Wave): boolean =>
    missing === 0 && (minReadySeconds < SHORTEST_WAIT_SECONDS || unready === 0);
  const [first = nobody, ...others] = waves;
  const settled = others.filter(isSettled).reduce(
    (sum, { unready, ready, available }) => ({
      missing: 0,
      unready: sum.unready + unready,
      ready: sum.ready + ready,
      available: sum.available + available,
    }),
    first,
  );
  return [settled, ...others.filter((wave) => !isSettled(wave))];
}

/**
 * The new pods: the ReplicaSet controller creates them, and they become ready and available. It creates all
 * pods of a scale-up in one sync, and counts them in a later one.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/controller/replicaset/replica_set.go `syncReplicaSet`
 */
function stepNew(state: State, now: NewSet, minReadySeconds: number): Step[] {
  const { waves, seen } = now;
  const steps: Step[] = [];
  const move = (does: string, index: number, wave: Wave): void => {
    const moved = settle(waves.with(index, wave), minReadySeconds);
    steps.push({ does, to: { ...state, new: { ...now, waves: moved } } });
  };
  for (const [index, wave] of waves.entries()) {
    const { unready, ready, available } = wave;
    if (unready > 0)
      move('kubelet: a new pod is ready', index, {
        ...wave,
        unready: unready - 1,
        ...(minReadySeconds === 0 ? { available: available + 1 } : { ready: ready + 1 }),
      });
    if (ready > 0 && (index === 0 || minReadySeconds < SHORTEST_WAIT_SECONDS))
      move('minReadySeconds: a new pod is available', index, {
        ...wave,
        ready: ready - 1,
        available: available + 1,
      });
  }
  const index = waves.findIndex(({ missing }) => missing > 0);
  const wave = waves[index];
  if (wave)
    move('ReplicaSet controller: creates a new pod', index, {
      ...wave,
      missing: wave.missing - 1,
      unready: wave.unready + 1,
    });
  if (seen < (waves[0]?.available ?? 0)) {
    const does = `Deployment controller: sees ${seen + 1} new available`;
    steps.push({ does, to: { ...state, new: { ...now, seen: seen + 1 } } });
  }
  return steps;
}

/** Returns every step that can be the next one. Without any, the rollout is at rest. */
export function stepsFrom(spec: WorkloadSpec, state: State): Step[] {
  return [
    ...syncDeployment(spec, state),
    ...stepOld(state),
    ...(state.new ? stepNew(state, state.new, spec.minReadySeconds) : []),
  ];
}
