import { behavioursOf, type BehaviourOptions } from './behaviours';
import { changed, type ChangeRequest } from '../manifest/change';
import { InputError } from '../errors/input-error';
import { readManifest } from '../manifest/read-manifest';
import { workloadSpec, type Manifest } from '../manifest/workload';
import type { WorkloadSpec } from '../manifest/workload-spec';
import { told, versionOf } from '../simulation/ledger';
import type { PodObject } from '../simulation/objects';
import type { Capacity } from '../simulation/scheduler';
import { simulate } from '../simulation/simulate';
import { defaultTimings, type Timings } from '../simulation/timings';
import { TIMELINE_API_VERSION, type Lane, type Timeline } from '../timeline/timeline';
import type { Change, Workload } from '../timeline/workload';

/** What to predict, and what of the cluster and the processes is known. Times are in seconds. */
export interface PredictOptions extends Omit<ChangeRequest, 'at'> {
  /** Changes in the middle of the rollout, each at its time. */
  readonly then?: readonly ChangeRequest[];
  /** `kind/name` of the workload meant, where the manifest has several. */
  readonly name?: string;
  /** Where the manifest came from, for errors. @default 'manifest' */
  readonly origin?: string;
  /** @default 1 */
  readonly seed?: number;
  /** How far latencies stray from their medians, as a part of them: lognormal, with long tails. @default 0.2 */
  readonly jitter?: number;
  /** Where in a second of the wall clock the change is made, 0 to 1. @default from the seed */
  readonly phase?: number;
  /** @default 1200 */
  readonly limit?: number;
  /** How long to go on where it has settled before. @default 0 */
  readonly goOnFor?: number;
  /** @default unlimited */
  readonly capacity?: Capacity;
  readonly timings?: Partial<Timings>;
  readonly behaviour?: BehaviourOptions;
  /** What nodes make of the workload that are not run by a kubelet. @default nothing else */
  readonly asRun?: (spec: WorkloadSpec) => WorkloadSpec;
}

/**
 * The most pods that a cluster is made for.
 *
 * @see https://kubernetes.io/docs/setup/best-practices/cluster-large/
 */
const MOST_PODS = 150_000;

function predictable(manifest: Manifest, origin: string): WorkloadSpec {
  const spec = workloadSpec(manifest, origin);
  if (spec.replicas <= MOST_PODS) return spec;
  throw new InputError(
    `${origin}: spec.replicas is ${spec.replicas}, expected at most ${MOST_PODS}, the pods that a cluster can have`,
  );
}

function facts(before: WorkloadSpec, after: WorkloadSpec): Workload {
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
    version: versionOf(pod),
    revision: pod.revision,
    image: pod.template.image,
    ...(pod.node !== undefined && { node: `node-${pod.node}` }),
    restarts: pod.restarts,
    states: pod.states,
  };
}

/** Options as a timeline keeps them. */
function flat(options: PredictOptions): Record<string, number | string> {
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

/**
 * The timeline of a change, with no cluster: a discrete-event simulation of Kubernetes'
 * controllers, scheduler and kubelet. The same manifest, options and seed give the same timeline.
 *
 * @param manifest YAML or JSON of one or more documents, or a manifest already parsed
 * @throws InputError for a manifest that is no workload, and a change that cannot be made
 */
export function predict(manifest: string | Manifest, options: PredictOptions = {}): Timeline {
  const { origin = 'manifest', seed = 1, jitter = 0.2, limit = 1200, goOnFor = 0, phase } = options;
  const { asRun = (spec: WorkloadSpec): WorkloadSpec => spec } = options;
  const first = typeof manifest === 'string' ? readManifest(manifest, origin, options.name) : manifest;
  const before = asRun(predictable(first, origin));
  const changes: Change[] = [];
  const specs: { at: number; spec: WorkloadSpec }[] = [];
  let current = first;
  const requests = [{ ...options, at: 0 }, ...(options.then ?? [])];
  for (const request of requests.sort((a, b) => (a.at ?? 0) - (b.at ?? 0))) {
    const after = changed(current, request);
    current = after.manifest;
    changes.push(after.change);
    specs.push({ at: after.change.at, spec: asRun(predictable(current, `${origin} after the change`)) });
  }
  const { ledger, end } = simulate({
    before,
    changes: specs,
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
    workload: facts(before, specs.at(-1)?.spec ?? before),
    changes: changes.map((change) => ({ ...change, at: told(change.at) })),
    samples: ledger.samples,
    pods: ledger.pods.map(lane),
    end,
    events: ledger.events,
    prediction: { seed, options: flat({ ...options, jitter, limit }) },
  };
}
