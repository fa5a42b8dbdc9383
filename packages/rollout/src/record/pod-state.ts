import type { PodState } from '../timeline/timeline.ts';
import type { Condition, Pod } from './api-objects.ts';

const isReady = ({ type, status }: Condition): boolean => type === 'Ready' && status === 'True';

/** Returns when the Ready condition of a pod became True, in seconds of the wall clock. */
export function readySince({ status }: Pod): number | undefined {
  const time = Date.parse(status?.conditions?.find(isReady)?.lastTransitionTime ?? '');
  return Number.isNaN(time) ? undefined : time / 1000;
}

/**
 * Returns what a pod is doing according to its status.
 *
 * @param everReady whether it has been ready before
 * @see https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/
 */
export function podState({ metadata, status }: Pod, everReady: boolean): PodState {
  if (metadata.deletionTimestamp) return 'terminating';
  if (status?.phase === 'Failed' || status?.phase === 'Succeeded') return 'crashed';
  const containers = status?.containerStatuses ?? [];
  const ended = containers.some(
    ({ state, lastState }) => state?.terminated ?? (state?.waiting && lastState?.terminated),
  );
  if (ended) return 'crashed';
  if (status?.conditions?.some(isReady)) return 'ready';
  if (containers.some(({ state }) => state?.running)) return everReady ? 'unready' : 'starting';
  return 'pending';
}

/** Returns how often the containers of a pod were restarted. */
export const restartsOf = ({ status }: Pod): number =>
  status?.containerStatuses?.reduce((sum, { restartCount = 0 }) => sum + restartCount, 0) ?? 0;
