import {
  countOldPods,
  findMaximum,
  findSpans,
  formatAll,
  formatDuration,
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
    const oldPods = countOldPods(timeline);
    const [span] =
      before > 0 && after > 0
        ? findSpans(timeline, (each) => each.old.ready >= oldPods(each) && each.new.ready >= after)
        : [];
    if (span) {
      const { from, to, first } = span;
      const because = `${formatAll(oldPods(first), 'old')} and ${formatAll(after, 'new')} are ready from ${formatSeconds(from)} to ${formatSeconds(to)}, for ${formatDuration(to - from)}`;
      return { holds: true, at: from, until: to, because };
    }
    const nearest = findMaximum(timeline.samples, ({ old, new: now }) =>
      now.ready > 0 ? old.ready + Math.min(now.ready, after) : 0,
    );
    if (!nearest || nearest.new.ready === 0) return { holds: false, because: 'no new pod is ever ready' };
    const { at, old, new: now } = nearest;
    const because = `at most ${old.ready} of ${oldPods(nearest)} old and ${now.ready} of ${after} new pods are ready at the same time, at ${formatSeconds(at)}`;
    return { holds: false, at, because };
  },
};
