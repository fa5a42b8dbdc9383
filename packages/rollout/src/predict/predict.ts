import { behavioursOf, type BehaviourOptions } from './behaviours.ts';
import { applyChange, type ChangeRequest } from '../manifest/change.ts';
import { InputError } from '../errors/input-error.ts';
import { readManifest } from '../manifest/read-manifest.ts';
import { workloadSpec, type Manifest } from '../manifest/workload.ts';
import type { WorkloadSpec } from '../manifest/workload-spec.ts';
import { getVersion } from '../simulation/ledger.ts';
import type { PodObject } from '../simulation/model.ts';
import type { Capacity } from '../simulation/scheduler.ts';
import { simulate } from '../simulation/simulate.ts';
import { defaultTimings, type Timings } from '../simulation/timings.ts';
import { TIMELINE_API_VERSION, toMillisecond, type Lane, type Timeline } from '../timeline/timeline.ts';
import type { Change, Workload } from '../timeline/workload.ts';

/** The change to predict, and what is known of the cluster and the processes. Times are in seconds. */
export interface PredictOptions extends Omit<ChangeRequest, 'at'> {
  /** Later changes, each at its time. @default none */
  readonly then?: readonly ChangeRequest[] | undefined;
  /** `kind/name` of the workload, if the manifest has several. @default the only workload */
  readonly name?: string | undefined;
  /** Where the manifest came from, for error messages. @default 'manifest' */
  readonly origin?: string;
  /** Random seed, an integer. @default 1 */
  readonly seed?: number;
  /** Spread of latencies around their medians, as a fraction; the distribution is lognormal. @default 0.2 */
  readonly jitter?: number;
  /** When within a second of the wall clock the change is made, from 0 to 1. @default derived from the seed */
  readonly phase?: number;
  /** When the prediction ends if the workload has not settled, in seconds. @default 1200 */
  readonly limit?: number;
  /** Shortest time to predict, even if the workload has settled, in seconds. @default 0 */
  readonly goOnFor?: number;
  /** Room on the nodes. @default unlimited */
  readonly capacity?: Capacity | undefined;
  /** How long parts of the cluster take, in seconds. @default defaultTimings */
  readonly timings?: Partial<Timings>;
  /** How the processes behave, in seconds. @default read from the environment of the containers */
  readonly behaviour?: BehaviourOptions;
  /** Changes the workload to what nodes without a kubelet make of it. @default no change */
  readonly asRun?: (spec: WorkloadSpec) => WorkloadSpec;
}

/**
 * The largest number of pods that Kubernetes supports in a cluster.
 *
 * @see https://kubernetes.io/docs/setup/best-practices/cluster-large/
 */
const MAX_PODS = 150_000;

function predictable(manifest: Manifest, origin: string): WorkloadSpec {
  const spec = workloadSpec(manifest, origin);
  if (spec.replicas <= MAX_PODS) return spec;
  throw new InputError(
    `${origin}: spec.replicas is ${spec.replicas}, expected at most ${MAX_PODS}, the limit of pods in a cluster`,
  );
}

function describeWorkload(before: WorkloadSpec, after: WorkloadSpec): Workload {
  const { apiVersion, kind, name, namespace, minReadySeconds, strategy } = after;
  const rolling = kind === 'Deployment' && strategy.type === 'RollingUpdate';
  return {
    apiVersion,
    kind,
    name,
    ...(namespace !== undefined && { namespace }),
    replicas: { before: before.replicas, after: after.replicas },
    ...(kind !== 'Pod' && { minReadySeconds }),
    ...(kind === 'Deployment' && {
      strategy: strategy.type,
      progressDeadlineSeconds: after.progressDeadlineSeconds,
    }),
    ...(rolling && { maxSurge: strategy.maxSurge, maxUnavailable: strategy.maxUnavailable }),
  };
}

function lane(pod: PodObject): Lane {
  return {
    pod: pod.name,
    version: getVersion(pod),
    revision: pod.revision,
    image: pod.template.image,
    ...(pod.node !== undefined && { node: `node-${pod.node}` }),
    restarts: pod.restarts,
    states: pod.states,
  };
}

/** Returns options as a timeline records them: numbers and strings in one flat object. */
function flatOptions(options: PredictOptions): Record<string, number | string> {
  const { jitter, phase, limit, goOnFor, capacity, timings, behaviour } = options;
  const all: Record<string, unknown> = {
    jitter,
    phase,
    limit,
    goOnFor,
    ...capacity,
    ...timings,
    ...behaviour,
  };
  return Object.fromEntries(
    Object.entries(all).flatMap(([key, value]) => {
      if (value === undefined) return [];
      return [[key, typeof value === 'number' ? value : JSON.stringify(value)]];
    }),
  );
}

/** Returns every change in order of time, and the workload after it. */
function plannedChanges(first: Manifest, options: PredictOptions): { change: Change; spec: WorkloadSpec }[] {
  const { origin = 'manifest', then = [] } = options;
  const requests = [{ ...options, at: 0 }, ...then].sort((a, b) => (a.at ?? 0) - (b.at ?? 0));
  let current = first;
  return requests.map((request) => {
    const { manifest, change } = applyChange(current, request);
    current = manifest;
    return { change, spec: predictable(manifest, `${origin} after the change`) };
  });
}

/**
 * Predicts the timeline of a change without a cluster, by a discrete-event simulation of the
 * controllers, the scheduler and the kubelet. The same manifest, options and seed give the same timeline.
 *
 * @param manifest YAML or JSON of one or more documents, or a parsed manifest
 * @throws InputError for a manifest without a workload, and for a change that the workload cannot have
 */
export function predict(manifest: string | Manifest, options: PredictOptions = {}): Timeline {
  const { origin = 'manifest', seed = 1, jitter = 0.2, limit = 1200, goOnFor = 0, phase } = options;
  const { asRun = (spec: WorkloadSpec): WorkloadSpec => spec } = options;
  const first = typeof manifest === 'string' ? readManifest(manifest, origin, options.name) : manifest;
  const before = asRun(predictable(first, origin));
  const changes = plannedChanges(first, options).map(({ change, spec }) => ({ change, spec: asRun(spec) }));
  const { ledger, end } = simulate({
    before,
    changes: changes.map(({ change: { at }, spec }) => ({ at, spec })),
    timings: { ...defaultTimings, ...options.timings },
    capacity: options.capacity ?? {},
    behaviours: behavioursOf(options.behaviour ?? {}),
    seed,
    jitter,
    limit,
    goOnFor,
    ...(phase !== undefined && { phase }),
  });
  return {
    apiVersion: TIMELINE_API_VERSION,
    kind: 'Timeline',
    source: 'predicted',
    workload: describeWorkload(before, changes.at(-1)?.spec ?? before),
    changes: changes.map(({ change }) => ({ ...change, at: toMillisecond(change.at) })),
    samples: ledger.samples,
    pods: ledger.pods.map(lane),
    end,
    events: ledger.events,
    prediction: { seed, options: flatOptions({ ...options, jitter, limit }) },
  };
}
