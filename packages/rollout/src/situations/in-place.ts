import { readyPods } from '../timeline/counts.ts';
import type { Timeline } from '../timeline/timeline.ts';

/** A replacement of a bare Pod's container by one of another image. */
interface InPlaceReplacement {
  /** Seconds since the change. */
  readonly at: number;
  /** Number of other pods that are ready at that time. */
  readonly othersReady: number;
}

/**
 * Finds the containers that are replaced in place.
 *
 * Samples do not show such an outage: the Ready condition of the pod stays True, although the new
 * container starts only after the old one has ended.
 */
export function findInPlaceReplacements({ pods: lanes, samples, workload }: Timeline): InPlaceReplacement[] {
  // The pods of a StatefulSet keep their names, too.
  if (workload.kind === 'StatefulSet') return [];
  const goneAt = new Map<string, number>();
  return lanes.flatMap(({ pod, states }) => {
    const [begin] = states;
    const last = states.at(-1);
    const replaces = begin !== undefined && goneAt.get(pod) === begin.at;
    if (last?.state === 'gone') goneAt.set(pod, last.at);
    if (!replaces) return [];
    const sample = samples.findLast(({ at }) => at <= begin.at);
    const othersReady = (sample ? readyPods(sample) : 0) - (begin.state === 'ready' ? 1 : 0);
    return [{ at: begin.at, othersReady }];
  });
}
