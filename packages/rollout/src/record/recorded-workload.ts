import { workloadKindOf } from '../rules/kinds.ts';
import type { Workload } from '../timeline/workload.ts';
import { isPod, replicasOf, type Controller, type WorkloadObject } from './api-objects.ts';

type Limits = Pick<Workload, 'maxSurge' | 'maxUnavailable' | 'partition' | 'parallel'>;

/** Returns the limits of a StatefulSet or DaemonSet, with their defaults. */
function updateLimits({ kind, spec }: Controller): Limits {
  const { updateStrategy, podManagementPolicy } = spec;
  if (updateStrategy?.type === 'OnDelete') return {};
  const { partition = 0, maxUnavailable = 1, maxSurge = 0 } = updateStrategy?.rollingUpdate ?? {};
  return {
    maxSurge,
    maxUnavailable,
    ...(partition > 0 && { partition }),
    ...(kind === 'StatefulSet' && podManagementPolicy === 'Parallel' && { parallel: true }),
  };
}

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
  if (after.kind === 'StatefulSet' || after.kind === 'DaemonSet') {
    const type = after.spec.updateStrategy?.type === 'OnDelete' ? 'OnDelete' : 'RollingUpdate';
    return { ...named, minReadySeconds, strategy: type, ...updateLimits(after) };
  }
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
