import { blueGreen } from './blue-green.ts';
import { findByReadiness } from './no-outage.ts';
import {
  areBothReady,
  countOldPods,
  findSpans,
  formatAll,
  formatSeconds,
  formatShare,
  type Finding,
  type Situation,
} from './situation.ts';

/**
 * Rolling: old pods go down while new pods come up, pods of both versions are ready at the same time, and
 * a pod is always ready. A timeline is either rolling or blue-green, never both.
 */
export const rolling: Situation = {
  name: 'rolling',
  description: 'old pods go down while new pods come up, and a pod is always ready',
  find: (timeline): Finding => {
    const { after } = timeline.workload.replicas;
    const oldPods = countOldPods(timeline);
    const moment = blueGreen.find(timeline);
    const without = ({ at }: Finding, because: string): Finding => ({
      holds: false,
      ...(at !== undefined && { at }),
      because,
    });
    if (moment.holds) return without(moment, `the rollout is blue-green: ${moment.because}`);
    const outage = findByReadiness(timeline);
    if (!outage.holds) return without(outage, `not always a ready pod: ${outage.because}`);
    const [both] = findSpans(timeline, areBothReady);
    if (!both) return { holds: false, because: 'pods of both versions are never ready at the same time' };
    const [overlap] = findSpans(
      timeline,
      (each) =>
        each.old.ready > 0 && each.old.total < oldPods(each) && each.new.total > 0 && each.new.ready < after,
    );
    if (!overlap) {
      const because = `no old pod goes before ${formatAll(after, 'new')} ${after === 1 ? 'is' : 'are'} ready`;
      return { holds: false, at: both.from, because };
    }
    const { from, to, first } = overlap;
    const [all, gone] = [oldPods(first), oldPods(first) - first.old.total];
    const because = `at ${formatSeconds(from)} ${formatShare(gone, all, 'old')} gone while ${formatShare(first.new.ready, after, 'new')} ready; both versions are ready from ${formatSeconds(both.from)}`;
    return { holds: true, at: from, until: to, because };
  },
};
