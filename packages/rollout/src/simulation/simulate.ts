import type { WorkloadSpec } from '../manifest/workload-spec.ts';
import { toMillisecond, type End } from '../timeline/timeline.ts';
import { DeploymentController } from './deployment-controller.ts';
import { resolveLimits } from './deployment-plan.ts';
import { Kubelet, type Behaviours } from './kubelet.ts';
import type { Ledger } from './ledger.ts';
import type { PodObject, ReplicaSetObject } from './model.ts';
import { createRandom } from './random.ts';
import { ReplicaSetController } from './replica-set-controller.ts';
import { Scheduler, type Capacity } from './scheduler.ts';
import type { Timings } from './timings.ts';
import { World } from './world.ts';

/** How long the old pods have been ready at the change. */
const OLD_POD_AGE_SECONDS = 3600;
/** How long before the change a timeline begins. */
const LEAD_SECONDS = 1;

/** A workload, its changes, and the cluster. Times are in seconds since the change. */
export interface Scenario {
  /** The workload before the first change, with all pods ready. */
  readonly before: WorkloadSpec;
  /** The workload after each change, in order of time. */
  readonly changes: readonly { readonly at: number; readonly spec: WorkloadSpec }[];
  readonly timings: Timings;
  readonly capacity: Capacity;
  readonly behaviours: Behaviours;
  /** Random seed. */
  readonly seed: number;
  /** Standard deviation of the logarithm of a latency. */
  readonly jitter: number;
  /** Fraction of a second of the wall clock at which the change is made, 0 to 1. @default - random */
  readonly phase?: number;
  /** Latest end of the simulation. */
  readonly limit: number;
  /** Earliest end of a workload that has settled. */
  readonly goOnFor: number;
}

/** The state of a running simulation. */
interface Simulation {
  readonly world: World;
  readonly kubelet: Kubelet;
  readonly deployment: DeploymentController | undefined;
  /** The ReplicaSet before the change; undefined for a bare Pod. */
  readonly set: ReplicaSetObject | undefined;
}

/** Simulates a workload through its changes, until it settles, stalls or reaches the limit. */
export function simulate(scenario: Scenario): { ledger: Ledger; end: End } {
  const { changes, limit, goOnFor } = scenario;
  const simulation = start(scenario);
  const { world, deployment } = simulation;
  const { clock, ledger } = world;

  let left = changes.length;
  for (const { at, spec } of changes) {
    clock.at(at, () => {
      left -= 1;
      applyChange(simulation, spec);
    });
  }

  const settled = (): boolean => left === 0 && isSettled(world);
  for (;;) {
    const { next, now } = clock;
    if (now >= goOnFor && settled()) return { ledger, end: { at: toMillisecond(now), reason: 'settled' } };
    const stalled = deployment?.stalled === true && left === 0 && now >= goOnFor;
    if (next === undefined || stalled) {
      const message = describeStall(world.spec, stalled);
      return { ledger, end: { at: toMillisecond(now), reason: 'stalled', message } };
    }
    if (next > limit) return { ledger, end: { at: limit, reason: settled() ? 'settled' : 'limit' } };
    clock.step();
  }
}

/** Creates the workload with its old pods, as far as they fit on the nodes, and the components. */
function start({ before, timings, capacity, behaviours, seed, jitter, phase }: Scenario): Simulation {
  const random = createRandom(seed);
  const world = new World(before, timings, random, jitter, phase ?? random());
  // Watches are delivered in the order in which these components subscribe.
  const controller = new ReplicaSetController(world);
  const deployment = before.kind === 'Deployment' ? new DeploymentController(world) : undefined;
  const scheduler = new Scheduler(world, capacity);
  const kubelet = new Kubelet(world, behaviours);

  const set = before.kind === 'Pod' ? undefined : createOldSet(world, before);
  for (let index = 0; index < before.replicas; index += 1) {
    const pod = world.createPod(before.template, set);
    if (scheduler.place(pod)) makeReady(world, kubelet, pod);
  }
  if (set) fillCache(world, controller, set);
  extendBefore(world.ledger);
  return { world, kubelet, deployment, set };
}

function applyChange({ world, kubelet, deployment, set }: Simulation, spec: WorkloadSpec): void {
  const { replicas, minReadySeconds, template } = spec;
  world.spec = spec;
  world.getRevision(template);
  if (deployment) deployment.written();
  else if (set) {
    set.template = template;
    world.updateSet(set, { replicas, minReadySeconds });
  } else for (const pod of world.pods) kubelet.replace(pod, template);
}

function describeStall({ paused, progressDeadlineSeconds }: WorkloadSpec, stalled: boolean): string {
  if (stalled) return `no progress for ${progressDeadlineSeconds} s (progressDeadlineSeconds)`;
  return paused
    ? 'the Deployment is paused (spec.paused): no pod is replaced until it is resumed'
    : 'nothing more happens by itself';
}

function createOldSet(world: World, spec: WorkloadSpec): ReplicaSetObject {
  const { replicas, minReadySeconds, template, kind } = spec;
  const surge = kind === 'Deployment' ? resolveLimits(spec).surge : 0;
  return world.createSet(template, { replicas, minReadySeconds, desired: replicas, max: replicas + surge });
}

function makeReady(world: World, kubelet: Kubelet, pod: PodObject): void {
  pod.running = true;
  pod.ready = true;
  pod.everReady = true;
  pod.readySecond = world.toWallClockSecond(-OLD_POD_AGE_SECONDS);
  kubelet.adopt(pod);
  world.ledger.enter(pod, 'ready');
  world.ledger.available(pod);
}

/** Fills the controllers' caches with the state before the change. */
function fillCache(world: World, controller: ReplicaSetController, set: ReplicaSetObject): void {
  const state = controller.getState(set);
  for (const pod of world.pods) state.observe(pod);
  state.expectedCreations = 0;
  const available = state.countAvailable(set.stored.minReadySeconds, 0);
  const status = { replicas: world.pods.size, ready: state.ready, available, observed: 1 };
  set.stored = { ...set.stored, status };
  set.cached = set.stored;
  world.ledger.sample();
}

/** Moves the begin of the state before the change to the begin of the timeline. */
function extendBefore({ samples, pods }: Ledger): void {
  const [first] = samples;
  if (first) samples[0] = { ...first, at: -LEAD_SECONDS };
  for (const { states } of pods) {
    const [state] = states;
    if (state) states[0] = { ...state, at: -LEAD_SECONDS };
  }
}

/** @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/controller/deployment/util/deployment_util.go `DeploymentComplete` */
function isSettled(world: World): boolean {
  const { spec, sets, ledger, pods } = world;
  const { replicas, kind, template } = spec;
  const { old: before, new: after } = ledger.counts;
  if (ledger.terminating > 0 || before.total + after.total !== replicas) return false;
  if (before.ready + after.ready !== replicas) return false;
  if (kind === 'Pod') {
    const revision = world.getRevision(template);
    return [...pods].every((pod) => pod.revision === revision);
  }
  const isCurrent = (set: ReplicaSetObject): boolean =>
    kind === 'ReplicaSet' || set.template.key === template.key;
  return sets.some(isCurrent) && sets.every((set) => isComplete(set, isCurrent(set) ? replicas : 0));
}

function isComplete({ stored }: ReplicaSetObject, replicas: number): boolean {
  const { status, generation } = stored;
  const met = stored.replicas === replicas && status.replicas === replicas && status.available === replicas;
  return met && (status.observed === generation || generation === 1);
}
