import {
  findMaximum,
  findSpans,
  formatPods,
  formatSeconds,
  type Finding,
  type Situation,
} from './situation.ts';

/** Blue-green: all old and all new pods are ready at the same time. */
export const blueGreen: Situation = {
  name: 'blue-green',
  description: 'all old and all new pods are ready at the same time',
  find: (timeline): Finding => {
    const { before, after } = timeline.workload.replicas;
    const [span] =
      before > 0 && after > 0
        ? findSpans(timeline, ({ old, new: now }) => old.ready >= before && now.ready >= after)
        : [];
    if (span) {
      const { from, to } = span;
      const because = `all ${formatPods(before, 'old')} and all ${formatPods(after, 'new')} are ready from ${formatSeconds(from)} to ${formatSeconds(to)}, for ${formatSeconds(to - from)}`;
      return { holds: true, at: from, until: to, because };
    }
    const nearest = findMaximum(timeline.samples, ({ old, new: now }) =>
      now.ready > 0 ? Math.min(old.ready, before) + Math.min(now.ready, after) : 0,
    );
    if (!nearest || nearest.new.ready === 0) return { holds: false, because: 'no new pod is ever ready' };
    const { at, old, new: now } = nearest;
    const because = `at most ${old.ready} of ${before} old and ${now.ready} of ${after} new pods are ready at the same time, at ${formatSeconds(at)}`;
    return { holds: false, at, because };
  },
};
