import type { Surroundings } from '../manifest/surroundings.ts';
import type { WorkloadSpec } from '../manifest/workload-spec.ts';
import { boundReplicas } from '../simulation/horizontal-pod-autoscaler.ts';
import { getVersion } from '../simulation/ledger.ts';
import type { PodObject } from '../simulation/model.ts';
import { answeringSpans } from '../requests/spans.ts';
import { toMillisecond, type Lane } from '../timeline/timeline.ts';
import type { Workload } from '../timeline/workload.ts';
import type { PredictOptions } from './options.ts';

/** Returns the workload as a timeline has it. */
export function describeWorkload(
  before: WorkloadSpec,
  after: WorkloadSpec,
  { autoscaler }: Surroundings,
): Workload {
  const { apiVersion, kind, name, namespace, minReadySeconds, strategy } = after;
  const hasStrategy = kind !== 'ReplicaSet' && kind !== 'Pod';
  const rolling = hasStrategy && strategy.type === 'RollingUpdate';
  return {
    apiVersion,
    kind,
    name,
    ...(namespace !== undefined && { namespace }),
    replicas: {
      before: before.replicas,
      after: autoscaler ? boundReplicas(after.replicas, autoscaler) : after.replicas,
    },
    ...(kind !== 'Pod' && { minReadySeconds }),
    ...(hasStrategy && { strategy: strategy.type }),
    ...(kind === 'Deployment' && { progressDeadlineSeconds: after.progressDeadlineSeconds }),
    ...(rolling && { maxSurge: strategy.maxSurge, maxUnavailable: strategy.maxUnavailable }),
    ...((strategy.partition ?? 0) > 0 && { partition: strategy.partition }),
    ...(after.parallel && { parallel: true }),
  };
}

/** Returns when a pod answers, from the begin of its lane on. */
function answersOf({ lives, states }: PodObject): NonNullable<Lane['answers']> {
  const begin = states[0]?.at ?? 0;
  return answeringSpans(lives).flatMap(({ from, to }) => {
    const span = { from: toMillisecond(Math.max(from, begin)), to: toMillisecond(to) };
    if (span.to <= span.from) return [];
    return [to === Infinity ? { from: span.from } : span];
  });
}

/** Returns a pod as a timeline has it. */
export function lane(pod: PodObject): Lane {
  return {
    pod: pod.name,
    version: getVersion(pod),
    revision: pod.revision,
    image: pod.template.image,
    ...(pod.node !== undefined && { node: `node-${pod.node}` }),
    restarts: pod.restarts,
    ...(pod.lives.length > 0 && { answers: answersOf(pod) }),
    states: pod.states,
  };
}

/** Returns options as a timeline records them: numbers and strings in one flat object. */
export function flatOptions(options: PredictOptions): Record<string, number | string> {
  const { jitter, phase, limit, goOnFor, capacity, timings, behaviour, pull, gate, load, age } = options;
  const all: Record<string, unknown> = {
    jitter,
    phase,
    limit,
    goOnFor,
    ...capacity,
    ...timings,
    ...behaviour,
    pull,
    gate,
    load,
    age,
  };
  return Object.fromEntries(
    Object.entries(all).flatMap(([key, value]) => {
      if (value === undefined) return [];
      return [[key, typeof value === 'number' ? value : JSON.stringify(value)]];
    }),
  );
}
