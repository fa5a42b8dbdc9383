import type { WorkloadSpec } from '../manifest/workload-spec.ts';
import type { PodCache } from './pod-cache.ts';

/** The status of a StatefulSet. Revisions are numbers of pod templates. */
export interface StatefulSetStatus {
  readonly replicas: number;
  readonly ready: number;
  readonly available: number;
  readonly currentReplicas: number;
  readonly updatedReplicas: number;
  readonly currentRevision: number;
  readonly updateRevision: number;
}

/**
 * Returns the status of a StatefulSet. When all pods are updated and ready, the update revision becomes the
 * current one.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.37.0/pkg/controller/statefulset/stateful_set_utils.go `completeUpdate`
 */
export function calculateStatus(
  { minReadySeconds, replicas, strategy }: WorkloadSpec,
  cache: PodCache,
  { current, update }: { readonly current: number; readonly update: number },
  now: number,
): StatefulSetStatus {
  const pods = [...cache.pods];
  const live = pods.filter(([, { terminating }]) => !terminating);
  const updatedReplicas = live.filter(([{ revision }]) => revision === update).length;
  const ready = pods.filter(([, { readySince }]) => readySince !== undefined).length;
  const allDone = updatedReplicas === replicas && ready === replicas && pods.length === replicas;
  const complete = strategy.type === 'RollingUpdate' && allDone;
  return {
    replicas: pods.length,
    ready,
    available: pods.filter(([, { readySince }]) => cache.isAvailable(readySince, minReadySeconds, now))
      .length,
    currentReplicas: complete
      ? updatedReplicas
      : live.filter(([{ revision }]) => revision === current).length,
    updatedReplicas,
    currentRevision: complete ? update : current,
    updateRevision: update,
  };
}
