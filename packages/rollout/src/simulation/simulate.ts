import type { Surroundings } from '../manifest/surroundings.ts';
import type { WorkloadSpec } from '../manifest/workload-spec.ts';
import { toMillisecond, type End } from '../timeline/timeline.ts';
import { Admission } from './admission.ts';
import { adoptPod, createOldSet, extendBefore, fillCache, slotOf } from './before-change.ts';
import { DisruptionBudgets } from './disruption-budgets.ts';
import { Drain } from './drain.ts';
import { HorizontalPodAutoscaler } from './horizontal-pod-autoscaler.ts';
import { Kubelet } from './kubelet.ts';
import type { Ledger } from './ledger.ts';
import type { ReplicaSetObject } from './model.ts';
import { NodePool, type Claims } from './node-pool.ts';
import type { Capacity } from './node.ts';
import { PodStart, type PodBehaviours } from './pod-start.ts';
import type { Behaviours } from './pod-worker.ts';
import { createRandom } from './random.ts';
import { PodControl } from './pod-control.ts';
import { ReplicaSetController } from './replica-set-controller.ts';
import { describeStall, isSettled } from './rest.ts';
import { Scheduler } from './scheduler.ts';
import type { Timings } from './timings.ts';
import { createController, hasReplicaSet, type WorkloadController } from './workload-controller.ts';
import { World } from './world.ts';

/** The workload after a change. */
interface PlannedChange {
  readonly at: number;
  readonly spec: WorkloadSpec;
  /** Index of a node to drain. @default none */
  readonly drainNode?: number;
}

/** A workload, its changes, and the cluster. Times are in seconds since the change. */
export interface Scenario {
  readonly before: WorkloadSpec;
  /** How long its pods have existed at the first change. @default - unknown */
  readonly age?: number;
  /** The workload after each change, in order of time. */
  readonly changes: readonly PlannedChange[];
  readonly timings: Timings;
  readonly capacity: Capacity;
  readonly behaviours: Behaviours;
  readonly podBehaviours: PodBehaviours;
  readonly claims: Claims;
  readonly surroundings: Pick<Surroundings, 'quotas' | 'limits' | 'autoscaler' | 'budgets'>;
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
  readonly controller: WorkloadController | undefined;
  readonly drain: Drain;
  /** The ReplicaSet before the change; undefined for other kinds. */
  readonly set: ReplicaSetObject | undefined;
  autoscaler: HorizontalPodAutoscaler | undefined;
}

/** Simulates a workload through its changes, until it settles, stalls or reaches the limit. */
export function simulate(scenario: Scenario): { ledger: Ledger; end: End } {
  const { changes, limit, goOnFor } = scenario;
  const simulation = start(scenario);
  const { world, kubelet, controller, drain } = simulation;
  const { clock, ledger } = world;

  let left = changes.length;
  let asked = scenario.before.replicas;
  for (const { at, spec, drainNode } of changes) {
    clock.at(at, () => {
      left -= 1;
      // A change that does not ask for replicas keeps those that the autoscaler set.
      const replicas = spec.replicas === asked ? world.spec.replicas : spec.replicas;
      asked = spec.replicas;
      applyChange(simulation, { ...spec, replicas });
      if (drainNode !== undefined) drain.start(drainNode);
    });
  }

  const settled = (): boolean =>
    left === 0 && !simulation.autoscaler?.busy && !drain.busy && isSettled(world, controller);
  for (;;) {
    const { next = Infinity, now } = clock;
    const mayEnd = Math.max(now, next) >= goOnFor || next > limit;
    if (mayEnd && settled() && !kubelet.expectsChange(limit))
      return { ledger, end: { at: toMillisecond(Math.max(now, goOnFor)), reason: 'settled' } };
    const exceeded = controller?.stalled === true;
    const { waitsFor } = drain;
    if (next === Infinity || (next > limit && (exceeded || waitsFor !== undefined))) {
      const at = next === Infinity ? toMillisecond(Math.max(now, goOnFor)) : limit;
      return { ledger, end: { at, reason: 'stalled', message: waitsFor ?? describeStall(world, exceeded) } };
    }
    if (next > limit) return { ledger, end: { at: limit, reason: 'limit' } };
    clock.step();
  }
}

/** Creates the workload with its old pods, as far as they fit on the nodes, and the components. */
function start(scenario: Scenario): Simulation {
  const { before, timings, capacity, behaviours, seed, jitter, phase } = scenario;
  const { claims, podBehaviours, surroundings } = scenario;
  const { quotas, limits, autoscaler, budgets } = surroundings;
  const random = createRandom(seed);
  const world = new World(before, timings, random, jitter, phase ?? random());
  const admission = new Admission(quotas, limits);
  // Watches are delivered in the order in which these components subscribe.
  const replicaSets = new ReplicaSetController(world, new PodControl(world, admission));
  const controller = createController(world, admission);
  const nodes = new NodePool(capacity, claims, random);
  const scheduler = new Scheduler(world, nodes);
  const starts = new PodStart(world, claims.once, podBehaviours);
  const kubelet = new Kubelet(world, behaviours, starts);

  const drain = new Drain(world, nodes, new DisruptionBudgets(world, budgets));

  const set = hasReplicaSet(before.kind) ? createOldSet(world, before) : undefined;
  // Pods that could not be created now were there before the quota.
  const limited = admission.findRefusal(before.template, []) === undefined;
  for (let index = 0; index < before.replicas; index += 1) {
    if (limited && admission.findRefusal(before.template, world.pods) !== undefined) break;
    const pod = world.createPod(before.template, set, slotOf(before, index));
    if (scheduler.place(pod) && starts.adopt(pod)) adoptPod(world, kubelet, pod, scenario.age);
  }
  if (set) fillCache(world, replicaSets, set);
  world.ledger.sample();
  controller?.adopt();
  extendBefore(world.ledger);
  const simulation: Simulation = { world, kubelet, controller, drain, set, autoscaler: undefined };
  simulation.autoscaler =
    autoscaler &&
    new HorizontalPodAutoscaler(world, autoscaler, (replicas) => {
      applyChange(simulation, { ...world.spec, replicas });
    });
  return simulation;
}

function applyChange({ world, kubelet, controller, set, autoscaler }: Simulation, spec: WorkloadSpec): void {
  const { replicas, minReadySeconds, template } = spec;
  world.spec = spec;
  world.getRevision(template);
  if (controller) controller.written();
  else if (set) {
    set.template = template;
    world.updateSet(set, { replicas, minReadySeconds });
  } else for (const pod of world.pods) kubelet.replace(pod, template);
  autoscaler?.changed();
}
