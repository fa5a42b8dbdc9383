import { workloadKindOf } from '../rules/kinds.ts';
import type { Workload } from '../timeline/workload.ts';
import { isPod, type WorkloadObject } from './api-objects.ts';

const replicasOf = (workload: WorkloadObject): number =>
  isPod(workload) ? 1 : (workload.spec.replicas ?? 1);

/** Returns the workload of a timeline, with its replicas before the first and after the last change. */
export function recordedWorkload(before: WorkloadObject, after: WorkloadObject): Workload {
  const { apiVersion, kind, metadata } = after;
  const named = {
    apiVersion,
    kind: workloadKindOf(kind) ?? 'Pod',
    name: metadata.name,
    ...(metadata.namespace !== undefined && { namespace: metadata.namespace }),
    replicas: { before: replicasOf(before), after: replicasOf(after) },
  };
  if (isPod(after)) return named;
  const { minReadySeconds = 0, progressDeadlineSeconds, strategy } = after.spec;
  const { maxSurge, maxUnavailable } = strategy?.rollingUpdate ?? {};
  return {
    ...named,
    minReadySeconds,
    ...(strategy?.type && { strategy: strategy.type === 'Recreate' ? 'Recreate' : 'RollingUpdate' }),
    ...(maxSurge !== undefined && { maxSurge }),
    ...(maxUnavailable !== undefined && { maxUnavailable }),
    ...(progressDeadlineSeconds !== undefined && { progressDeadlineSeconds }),
  };
}
