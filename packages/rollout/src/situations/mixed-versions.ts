import { pods, seconds, spans, staysUntilChanged, type Finding, type Situation } from './situation';

/** Pods of both versions are ready at one instant, so that either may answer a request. */
export const mixedVersions: Situation = {
  name: 'mixed-versions',
  says: 'pods of both versions are ready at one instant, so either may answer',
  find: (timeline): Finding => {
    const found = spans(timeline, ({ old, new: now }) => old.ready > 0 && now.ready > 0);
    const [span] = found;
    if (!span) return { holds: false, because: 'at no instant are pods of both versions ready' };
    const total = found.reduce((sum, { from, to }) => sum + to - from, 0);
    const { old, new: now } = span.first;
    const stays = found.some((each) => staysUntilChanged(timeline, each));
    const howLong = stays ? 'and still do at the end' : `for ${seconds(total)} in all`;
    const because = `both versions serve from ${seconds(span.from)} (${pods(old.ready, 'old')}, ${now.ready} new), ${howLong}`;
    return { holds: true, at: span.from, until: span.to, because };
  },
};
