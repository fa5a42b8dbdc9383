import { behavioursOf } from './behaviours.ts';
import { describeWorkload, flatOptions, lane } from './describe.ts';
import { resolveLimit } from './limit.ts';
import type { Draw, PredictOptions } from './options.ts';
import { claimsOf, podBehavioursOf } from './pod-behaviours.ts';
import { capacityFor, nodeIndex } from './nodes.ts';
import { documentsLike, documentsOf } from './source.ts';
import { rateOf, requestsOf } from './requests.ts';
import { applyChange } from '../manifest/change.ts';
import { findChangedConfig } from '../manifest/config-changes.ts';
import { InputError } from '../errors/input-error.ts';
import type { Documents } from '../manifest/read-manifest.ts';
import { readSurroundings, type Surroundings } from '../manifest/surroundings.ts';
import { serviceOf } from '../manifest/service.ts';
import { workloadSpec, type Manifest } from '../manifest/workload.ts';
import type { WorkloadSpec } from '../manifest/workload-spec.ts';
import { notModelled } from '../not-modelled/index.ts';
import { boundReplicas } from '../simulation/horizontal-pod-autoscaler.ts';
import type { Capacity } from '../simulation/node.ts';
import { simulate } from '../simulation/simulate.ts';
import { defaultTimings } from '../simulation/timings.ts';
import { TIMELINE_API_VERSION, toMillisecond, type Timeline } from '../timeline/timeline.ts';
import type { Change } from '../timeline/workload.ts';

/**
 * The largest number of pods that Kubernetes supports in a cluster.
 *
 * @see https://kubernetes.io/docs/setup/best-practices/cluster-large/
 */
const MAX_PODS = 150_000;

function predictable(
  manifest: Manifest,
  { limits, configMaps }: Surroundings,
  capacity: Capacity,
  origin: string,
): WorkloadSpec {
  const given = workloadSpec(manifest, origin, limits, configMaps);
  const { nodes = given.replicas } = capacity;
  const spec = given.kind === 'DaemonSet' ? { ...given, replicas: nodes } : given;
  if (spec.replicas <= MAX_PODS) return spec;
  throw new InputError(
    `${origin}: spec.replicas is ${spec.replicas}, expected at most ${MAX_PODS}, the limit of pods in a cluster`,
  );
}

/** Returns every change in order of time, and the workload after it. */
function plannedChanges(
  first: Manifest,
  target: Manifest | undefined,
  surroundings: Surroundings,
  capacity: Capacity,
  options: PredictOptions,
): { change: Change; manifest: Manifest; spec: WorkloadSpec }[] {
  const { origin = 'manifest', then = [] } = options;
  const requests = [{ ...options, manifest: target, at: 0 }, ...then].sort(
    (a, b) => (a.at ?? 0) - (b.at ?? 0),
  );
  let current = first;
  return requests.map((request) => {
    const { manifest, change } = applyChange(current, request);
    current = manifest;
    const spec = predictable(manifest, surroundings, capacity, `${origin} after the change`);
    return { change, manifest, spec };
  });
}

/** Returns a workload with the replicas that its autoscaler has set. */
function asScaled(manifest: Manifest, { autoscaler }: Surroundings, origin: string): Manifest {
  if (!autoscaler) return manifest;
  const { replicas } = workloadSpec(manifest, origin);
  return {
    ...manifest,
    spec: { ...(manifest['spec'] as object), replicas: boundReplicas(replicas, autoscaler) },
  };
}

/**
 * Reads a manifest and its changes, and returns the simulation of them.
 *
 * @throws InputError for a manifest without a workload, and for a change that the workload cannot have
 */
export function prepare(manifest: string | Manifest, options: PredictOptions = {}): Draw {
  const { origin = 'manifest', to, toOrigin = 'the second manifest' } = options;
  const documents = documentsOf(manifest, origin, options);
  return prepareDocuments(
    documents,
    to === undefined ? undefined : documentsLike(documents, to, toOrigin),
    options,
  );
}

/**
 * Returns the simulation of a workload and its changes.
 *
 * @param target the documents after the first change
 * @throws InputError for a change that the workload cannot have
 */
export function prepareDocuments(
  { workload, others }: Documents,
  target: Documents | undefined,
  options: PredictOptions,
): Draw {
  const { origin = 'manifest', jitter = 0.2, goOnFor = 0, phase } = options;
  const { asRun = (spec: WorkloadSpec): WorkloadSpec => spec } = options;
  const surroundingsBefore = readSurroundings(workload, others);
  const surroundings = target ? readSurroundings(target.workload, target.others) : surroundingsBefore;
  const first = asScaled(workload, surroundingsBefore, origin);
  const capacity = capacityFor(first, options);
  const before = asRun(predictable(first, surroundingsBefore, capacity, origin));
  const changes = plannedChanges(first, target?.workload, surroundings, capacity, options).map((each) => ({
    ...each,
    spec: asRun(each.spec),
  }));
  const last = changes.at(-1) ?? { manifest: first, spec: before };
  const planned = changes.map(({ change: { at, drainNode }, spec }) => ({
    at,
    spec,
    ...(drainNode !== undefined && { drainNode: nodeIndex(drainNode, capacity) }),
  }));
  const templates = [before, ...planned.map(({ spec }) => spec)].map(({ template }) => template);
  const behaviours = behavioursOf(options.behaviour ?? {}, templates);
  const podBehaviours = podBehavioursOf(options, templates, before.kind === 'Pod');
  const limit = resolveLimit(options.limit, goOnFor, planned, behaviours, podBehaviours);
  const scenario = {
    before,
    changes: planned,
    timings: { ...defaultTimings, ...options.timings },
    capacity,
    behaviours,
    podBehaviours,
    claims: claimsOf(templates, surroundings),
    surroundings,
    ...(options.age !== undefined && { age: options.age }),
    jitter,
    limit,
    goOnFor,
    ...(phase !== undefined && { phase }),
  };
  const described = {
    workload: describeWorkload(before, last.spec, surroundings),
    changes: changes.map(({ change }) => ({ ...change, at: toMillisecond(change.at) })),
    options: flatOptions({ ...options, jitter, limit }),
    notModelled: notModelled({
      manifest: last.manifest,
      given: workload,
      before,
      after: last.spec,
      surroundings,
      capacity: scenario.capacity,
      changedConfig: target ? findChangedConfig({ workload, others }, target) : [],
      drains: changes.some(({ change }) => change.drainNode !== undefined),
      nodesAssumed: options.capacity?.nodes === undefined,
      pullGiven: options.pull !== undefined,
      initGiven: options.behaviour?.init !== undefined,
      gateGiven: options.gate !== undefined,
    }),
  };
  const { timings } = scenario;
  const service = serviceOf(surroundings.documents, templates, before.name);
  const plan = { ratePerSecond: rateOf(options.load), service, jitter, timings };
  const draw = (seed: number, isDetailed = true): Timeline => {
    const { ledger, end } = simulate({ ...scenario, seed });
    const load = requestsOf(ledger.pods, plan, seed, end.at, isDetailed);
    return {
      apiVersion: TIMELINE_API_VERSION,
      kind: 'Timeline',
      source: 'predicted',
      workload: described.workload,
      changes: described.changes,
      samples: ledger.samples,
      pods: ledger.pods.map(lane),
      end,
      events: ledger.events,
      ...(load && { load }),
      prediction: { seed, options: described.options, notModelled: described.notModelled },
    };
  };
  return Object.assign(draw, { before, after: planned.map(({ spec }) => spec) });
}

/**
 * Simulates one possible rollout, without a cluster: the controllers, the scheduler and the kubelet. The
 * same manifest, options and seed give the same timeline. `predict` draws many.
 *
 * @param manifest YAML or JSON of one or more documents, or a parsed manifest
 * @throws InputError for a manifest without a workload, and for a change that the workload cannot have
 */
export function predictOnce(manifest: string | Manifest, options: PredictOptions = {}): Timeline {
  return prepare(manifest, options)(options.seed ?? 1);
}
