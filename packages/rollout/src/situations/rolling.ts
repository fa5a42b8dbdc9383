import { blueGreen } from './blue-green.ts';
import { noOutage } from './no-outage.ts';
import {
  areBothReady,
  findSpans,
  formatPods,
  formatSeconds,
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
    const { before, after } = timeline.workload.replicas;
    const moment = blueGreen.find(timeline);
    if (moment.holds)
      return { ...moment, holds: false, because: `the rollout is blue-green: ${moment.because}` };
    const outage = noOutage.find(timeline);
    if (!outage.holds) return { ...outage, because: `not always a ready pod: ${outage.because}` };
    const [both] = findSpans(timeline, areBothReady);
    if (!both) return { holds: false, because: 'pods of both versions are never ready at the same time' };
    const [overlap] = findSpans(
      timeline,
      ({ old, new: now }) => old.ready > 0 && old.total < before && now.total > 0 && now.ready < after,
    );
    if (!overlap) {
      const because = `no old pod goes before all ${formatPods(after, 'new')} are ready`;
      return { holds: false, at: both.from, because };
    }
    const { from, to, first } = overlap;
    const because = `at ${formatSeconds(from)} ${before - first.old.total} of ${before} old pods are gone while ${first.new.ready} of ${after} new pods are ready; both versions are ready from ${formatSeconds(both.from)}`;
    return { holds: true, at: from, until: to, because };
  },
};
