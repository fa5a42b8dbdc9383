import type { Timeline } from '../timeline/timeline';
import { readyOf } from './situation';

/** A pod's container that is replaced in place, and how many other pods are ready meanwhile. */
export interface InPlace {
  readonly at: number;
  readonly others: number;
}

/**
 * When a pod's container is replaced in place. Neither a prediction nor a watch has an instant between the old
 * container and the new one, as the pod's Ready condition stays True meanwhile; yet the new one starts only when
 * the old one has ended.
 */
export function replacedInPlace({ pods: lanes, samples }: Timeline): InPlace[] {
  const gone = new Map<string, number>();
  return lanes.flatMap(({ pod, states }) => {
    const [begin] = states;
    const last = states.at(-1);
    const replaces = begin !== undefined && gone.get(pod) === begin.at;
    if (last?.state === 'gone') gone.set(pod, last.at);
    if (!replaces) return [];
    const sample = samples.findLast(({ at }) => at <= begin.at);
    const others = (sample ? readyOf(sample) : 0) - (begin.state === 'ready' ? 1 : 0);
    return [{ at: begin.at, others }];
  });
}
