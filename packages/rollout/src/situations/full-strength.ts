import { replacedInPlace } from './in-place';
import { greatest, readyOf, seconds, sinceChange, type Finding, type Situation } from './situation';

/** Never fewer pods are ready than the workload asks for, before or after. */
export const fullStrength: Situation = {
  name: 'full-strength',
  says: 'never fewer pods are ready than the replicas',
  find: (timeline): Finding => {
    const { before, after } = timeline.workload.replicas;
    const wanted = Math.min(before, after);
    const short = replacedInPlace(timeline).find(({ others }) => others < wanted);
    if (short) {
      const because = `a pod's container is replaced in place at ${seconds(short.at)}: ${short.others} of ${wanted} pods are ready from the old one's end until the new one is`;
      return { holds: false, at: short.at, because };
    }
    const fewest = greatest(sinceChange(timeline), (sample) => -readyOf(sample));
    const ready = fewest ? readyOf(fewest) : 0;
    const because = `${ready} of ${wanted} pods are ready at the least, first at ${seconds(fewest?.at ?? 0)}`;
    return { holds: ready >= wanted, at: fewest?.at ?? 0, because };
  },
};
