import { greatest, pods, seconds, spans, type Finding, type Situation } from './situation';

/** All old and all new pods exist, all of them ready, at one instant. */
export const blueGreen: Situation = {
  name: 'blue-green',
  says: 'all old and all new pods are ready at one instant',
  find: (timeline): Finding => {
    const { before, after } = timeline.workload.replicas;
    const [span] =
      before > 0 && after > 0
        ? spans(timeline, ({ old, new: now }) => old.ready >= before && now.ready >= after)
        : [];
    if (span) {
      const { from, to } = span;
      const because = `all ${pods(before, 'old')} and all ${pods(after, 'new')} are ready from ${seconds(from)} to ${seconds(to)}, for ${seconds(to - from)}`;
      return { holds: true, at: from, until: to, because };
    }
    const nearest = greatest(timeline.samples, ({ old, new: now }) =>
      now.ready > 0 ? Math.min(old.ready, before) + Math.min(now.ready, after) : 0,
    );
    if (!nearest || nearest.new.ready === 0) return { holds: false, because: 'no new pod is ever ready' };
    const { at, old, new: now } = nearest;
    const because = `never more than ${old.ready} of ${before} old and ${now.ready} of ${after} new pods are ready at once, at ${seconds(at)}`;
    return { holds: false, at, because };
  },
};
