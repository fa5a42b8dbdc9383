import { readyPods } from '../timeline/counts.ts';
import { findInPlaceReplacements } from './in-place.ts';
import { findMaximum, formatSeconds, sinceChange, type Finding, type Situation } from './situation.ts';

/** Full strength: the number of ready pods is never below the replicas before or after the change. */
export const fullStrength: Situation = {
  name: 'full-strength',
  description: 'never fewer ready pods than replicas',
  find: (timeline): Finding => {
    const { before, after } = timeline.workload.replicas;
    const desired = Math.min(before, after);
    const short = findInPlaceReplacements(timeline).find(({ othersReady }) => othersReady < desired);
    if (short) {
      const because = `a container is replaced in place at ${formatSeconds(short.at)}: ${short.othersReady} of ${desired} pods are ready until the new container is`;
      return { holds: false, at: short.at, because };
    }
    const minimum = findMaximum(sinceChange(timeline), (sample) => -readyPods(sample));
    const ready = minimum ? readyPods(minimum) : 0;
    const at = minimum?.at ?? 0;
    const because = `at least ${ready} of ${desired} pods are ready, the fewest first at ${formatSeconds(at)}`;
    return { holds: ready >= desired, at, because };
  },
};
