import type { WorkloadSpec } from '../manifest/workload-spec';
import type { End } from '../timeline/timeline';
import { DeploymentController } from './deployment-controller';
import { Kubelet, type Behaviours } from './kubelet';
import { told, type Ledger } from './ledger';
import type { PodObject, ReplicaSetObject } from './objects';
import { seeded } from './random';
import { ReplicaSetController } from './replica-set-controller';
import { Revisions } from './revisions';
import { Scheduler, type Capacity } from './scheduler';
import { wantedOf } from './deployment-plan';
import { World } from './world';
import type { Timings } from './timings';

/** How long the pods have been ready that were there before the change. */
const OLD_AGE_SECONDS = 3600;
/** The lead that a timeline shows of what was before the change. */
const LEAD_SECONDS = 1;

export interface Scenario {
  readonly before: WorkloadSpec;
  readonly changes: readonly { readonly at: number; readonly spec: WorkloadSpec }[];
  readonly timings: Timings;
  readonly capacity: Capacity;
  readonly behaviours: Behaviours;
  readonly seed: number;
  /** How far a latency strays, as a part of it. */
  readonly jitter: number;
  /** Where in a second of the wall clock the change is made, 0 to 1. */
  readonly phase?: number;
  /** The longest that is simulated, in seconds since the change. */
  readonly limit: number;
  /** Seconds to go on for where it has settled before. */
  readonly goOnFor: number;
}

/** One run of a workload through its changes. */
export function simulate(scenario: Scenario): { ledger: Ledger; end: End } {
  const { before, changes, timings, limit } = scenario;
  const random = seeded(scenario.seed);
  const world = new World(before, timings, random, scenario.jitter, scenario.phase ?? random());
  const revisions = new Revisions();
  revisions.of(before.template);
  const controller = new ReplicaSetController(world);
  const deployment = before.kind === 'Deployment' ? new DeploymentController(world, revisions) : undefined;
  const scheduler = new Scheduler(world, scenario.capacity);
  const kubelet = new Kubelet(world, scenario.behaviours, revisions);
  const { clock, ledger } = world;

  const set = before.kind === 'Pod' ? undefined : oldSet(world, before);
  for (let index = 0; index < before.replicas; index += 1) {
    const pod = world.createPod(before.template, 0, set);
    if (scheduler.place(pod)) adopt(world, kubelet, pod);
  }
  if (set) trustStatus(world, controller, set);
  leadIn(ledger);

  let left = changes.length;
  for (const { at, spec } of changes) {
    clock.at(at, () => {
      left -= 1;
      world.spec = spec;
      const revision = revisions.of(spec.template);
      if (deployment) deployment.written();
      else if (set) {
        set.template = spec.template;
        set.revision = revision;
        world.updateSet(set, { replicas: spec.replicas, minReadySeconds: spec.minReadySeconds });
      } else for (const pod of world.pods) kubelet.replace(pod, spec.template);
    });
  }

  const settled = (): boolean => left === 0 && isSettled(world, revisions);
  for (;;) {
    const { next } = clock;
    if (clock.now >= scenario.goOnFor && settled())
      return { ledger, end: { at: told(clock.now), reason: 'settled' } };
    const stalled = deployment?.stalled === true && left === 0 && clock.now >= scenario.goOnFor;
    const message = stallOf(world, stalled);
    if (next === undefined || stalled)
      return { ledger, end: { at: told(clock.now), reason: 'stalled', message } };
    if (next > limit) return { ledger, end: { at: limit, reason: settled() ? 'settled' : 'limit' } };
    clock.step();
  }
}

function stallOf({ spec }: World, stalled: boolean): string {
  if (stalled) return `no progress for ${spec.progressDeadlineSeconds} s (progressDeadlineSeconds)`;
  return spec.paused
    ? 'the Deployment is paused (spec.paused): no pod is replaced until it is resumed'
    : 'nothing more happens by itself';
}

function oldSet(
  world: World,
  { replicas, minReadySeconds, template, kind, ...spec }: WorkloadSpec,
): ReplicaSetObject {
  const surge =
    kind === 'Deployment' ? wantedOf({ replicas, minReadySeconds, template, kind, ...spec }).surge : 0;
  return world.createSet(template, 0, {
    replicas,
    minReadySeconds,
    desired: replicas,
    max: replicas + surge,
  });
}

function adopt(world: World, kubelet: Kubelet, pod: PodObject): void {
  pod.running = true;
  pod.ready = true;
  pod.everReady = true;
  pod.readySecond = world.wholeSecond(-OLD_AGE_SECONDS);
  kubelet.adopt(pod);
  world.ledger.enter(pod, 'ready');
  world.ledger.available(pod);
}

/** The controllers know of all that was before the change. */
function trustStatus(world: World, controller: ReplicaSetController, set: ReplicaSetObject): void {
  const state = controller.stateOf(set);
  for (const pod of world.pods) state.observe(pod);
  state.expectedCreations = 0;
  const available = state.available(set.now.minReadySeconds, 0);
  const status = { replicas: world.pods.size, ready: state.ready, available, observed: 1 };
  set.now = { ...set.now, status };
  set.seen = set.now;
  world.ledger.sample();
}

/** What was before the change is told from a little before it. */
function leadIn({ samples, pods }: Ledger): void {
  const [first] = samples;
  if (first) samples[0] = { ...first, at: -LEAD_SECONDS };
  for (const { states } of pods) {
    const [state] = states;
    if (state) states[0] = { ...state, at: -LEAD_SECONDS };
  }
}

/** @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/controller/deployment/util/deployment_util.go `DeploymentComplete` */
function isSettled({ spec, sets, ledger, pods }: World, revisions: Revisions): boolean {
  const { old: before, new: after } = ledger.counts;
  const { replicas } = spec;
  if (ledger.terminating > 0 || before.total + after.total !== replicas) return false;
  if (before.ready + after.ready !== replicas) return false;
  const revision = revisions.of(spec.template);
  if (spec.kind === 'Pod') return [...pods].every((pod) => pod.revision === revision);
  return (
    sets.every(({ now, template }) => {
      const wanted = spec.kind === 'ReplicaSet' || template.key === spec.template.key ? replicas : 0;
      const { status } = now;
      const met = now.replicas === wanted && status.replicas === wanted && status.available === wanted;
      return met && (status.observed === now.generation || now.generation === 1);
    }) &&
    (spec.kind === 'ReplicaSet' || sets.some(({ template }) => template.key === spec.template.key))
  );
}
