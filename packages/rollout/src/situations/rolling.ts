import { blueGreen } from './blue-green';
import { noOutage } from './no-outage';
import { pods, seconds, spans, type Finding, type Situation } from './situation';

/**
 * Old pods go down while new ones come up: some old ones have gone and some still
 * serve while not all new ones are ready, both versions serve at one instant, and
 * some pod always does. Where all old and all new were ready at once it is blue-green instead.
 */
export const rolling: Situation = {
  name: 'rolling',
  says: 'old pods go down while new ones come up, and some always serve',
  find: (timeline): Finding => {
    const { before, after } = timeline.workload.replicas;
    const moment = blueGreen.find(timeline);
    if (moment.holds) return { ...moment, holds: false, because: `it is blue-green: ${moment.because}` };
    const outage = noOutage.find(timeline);
    if (!outage.holds) return { ...outage, because: `not all the time some pod serves: ${outage.because}` };
    const [both] = spans(timeline, ({ old, new: now }) => old.ready > 0 && now.ready > 0);
    if (!both) return { holds: false, because: 'at no instant are pods of both versions ready' };
    const [overlap] = spans(
      timeline,
      ({ old, new: now }) => old.ready > 0 && old.total < before && now.total > 0 && now.ready < after,
    );
    if (!overlap) {
      const because = `no old pod goes before all ${pods(after, 'new')} are ready`;
      return { holds: false, at: both.from, because };
    }
    const { from, to, first } = overlap;
    const because = `at ${seconds(from)} ${before - first.old.total} of ${before} old pods have gone while ${first.new.ready} of ${after} new ones are ready, and both versions serve from ${seconds(both.from)}`;
    return { holds: true, at: from, until: to, because };
  },
};
