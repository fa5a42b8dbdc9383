import type { WorkloadSpec } from '../manifest/workload-spec.ts';
import { resolveLimits } from './deployment-plan.ts';
import type { Kubelet } from './kubelet.ts';
import type { Ledger } from './ledger.ts';
import type { PodObject, PodSlot, ReplicaSetObject } from './model.ts';
import type { ReplicaSetController } from './replica-set-controller.ts';
import type { World } from './world.ts';

/** How long the old pods have existed at the change, if that is unknown. */
const DEFAULT_AGE_SECONDS = 3600;
/** Longest time between the first and the last of the old pods, as a share of their age: their probes do not tick together. */
const AGE_SPREAD = 1 / 60;
/** How long before the change a timeline begins. */
const LEAD_SECONDS = 1;

/** Creates the ReplicaSet of before the change. */
export function createOldSet(world: World, spec: WorkloadSpec): ReplicaSetObject {
  const { replicas, minReadySeconds, template, kind } = spec;
  const surge = kind === 'Deployment' ? resolveLimits(spec).surge : 0;
  return world.createSet(template, { replicas, minReadySeconds, desired: replicas, max: replicas + surge });
}

/** Returns the place of one of the pods before the change. */
export function slotOf({ kind, startOrdinal }: WorkloadSpec, index: number): PodSlot {
  if (kind === 'StatefulSet') return { ordinal: startOrdinal + index };
  return kind === 'DaemonSet' ? { targetNode: index } : {};
}

/**
 * Adopts a pod that runs at the change: it is ready if its processes answer by then.
 *
 * @param age how long the pod has existed, in seconds; undefined if unknown: then its crash and its hang count from
 *   the change
 */
export function adoptPod(world: World, kubelet: Kubelet, pod: PodObject, age: number | undefined): void {
  const admittedAt = -(age ?? DEFAULT_AGE_SECONDS) * (1 + pod.uid * AGE_SPREAD);
  const { ready } = kubelet.adopt(pod, admittedAt, age === undefined ? world.clock.now : admittedAt);
  pod.running = true;
  pod.ready = ready;
  pod.everReady = ready;
  if (ready) pod.readySecond = world.toWallClockSecond(admittedAt);
  world.ledger.enter(pod, ready ? 'ready' : 'starting');
  if (ready) world.ledger.available(pod);
}

/** Fills the controllers' caches with the state before the change. */
export function fillCache(world: World, controller: ReplicaSetController, set: ReplicaSetObject): void {
  const state = controller.getState(set);
  for (const pod of world.pods) state.observe(pod);
  state.expectedCreations = 0;
  const available = state.countAvailable(set.stored.minReadySeconds, 0);
  const status = { replicas: world.pods.size, ready: state.ready, available, observed: 1 };
  set.stored = { ...set.stored, status };
  set.cached = set.stored;
}

/** Moves the begin of the state before the change to the begin of the timeline. */
export function extendBefore({ samples, pods }: Ledger): void {
  const [first] = samples;
  if (first) samples[0] = { ...first, at: -LEAD_SECONDS };
  for (const { states } of pods) {
    const [state] = states;
    if (state) states[0] = { ...state, at: -LEAD_SECONDS };
  }
}
