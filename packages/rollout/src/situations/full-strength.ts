import { readyPods } from '../timeline/counts.ts';
import { findInPlaceReplacements } from './in-place.ts';
import {
  askedReplicas,
  findMaximum,
  formatSeconds,
  formatShare,
  sinceChange,
  type Finding,
  type Situation,
} from './situation.ts';

/** Full strength: the number of ready pods is never below the fewest replicas that were asked for. */
export const fullStrength: Situation = {
  name: 'full-strength',
  description: 'never fewer ready pods than replicas',
  find: (timeline): Finding => {
    const desired = Math.min(...askedReplicas(timeline));
    const short = findInPlaceReplacements(timeline).find(({ othersReady }) => othersReady < desired);
    if (short) {
      const because = `a container is replaced in place at ${formatSeconds(short.at)}: ${formatShare(short.othersReady, desired)} ready until the new container is`;
      return { holds: false, at: short.at, because };
    }
    const minimum = findMaximum(sinceChange(timeline), (sample) => -readyPods(sample));
    const ready = minimum ? readyPods(minimum) : 0;
    const at = minimum?.at ?? 0;
    const since = at > 0 ? `, the fewest first at ${formatSeconds(at)}` : '';
    const because = `at least ${formatShare(ready, desired)} ready${since}`;
    return { holds: ready >= desired, at, because };
  },
};
