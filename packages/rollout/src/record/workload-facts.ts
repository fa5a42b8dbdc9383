import type { Workload as WorkloadFacts } from '../timeline/workload';
import { isPod, type Workload } from './objects';

type Kind = WorkloadFacts['kind'];
const kinds: Record<string, Kind> = { Deployment: 'Deployment', ReplicaSet: 'ReplicaSet', Pod: 'Pod' };

const replicasOf = (workload: Workload): number => (isPod(workload) ? 1 : (workload.spec.replicas ?? 1));

/** A recorded workload, with its replicas before and after all changes. */
export function workloadFacts(before: Workload, after: Workload): WorkloadFacts {
  const { apiVersion, kind, metadata } = after;
  const named = {
    apiVersion,
    kind: kinds[kind] ?? 'Pod',
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
