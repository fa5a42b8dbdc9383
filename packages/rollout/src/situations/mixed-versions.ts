import {
  areBothReady,
  findSpans,
  formatDuration,
  formatPods,
  formatSeconds,
  lastsBeyondEnd,
  type Finding,
  type Situation,
} from './situation.ts';

/** Mixed versions: pods of both versions are ready at the same time, so either version may respond. */
export const mixedVersions: Situation = {
  name: 'mixed-versions',
  description: 'pods of both versions are ready at the same time, so either version may respond',
  find: (timeline): Finding => {
    const spans = findSpans(timeline, areBothReady);
    const [span] = spans;
    if (!span) return { holds: false, because: 'pods of both versions are never ready at the same time' };
    const total = spans.reduce((sum, { from, to }) => sum + to - from, 0);
    const { old, new: now } = span.first;
    const lasts = spans.some((each) => lastsBeyondEnd(timeline, each));
    const duration = lasts ? 'and still at the end' : `for ${formatDuration(total)} in total`;
    const because = `both versions are ready from ${formatSeconds(span.from)} (${formatPods(old.ready, 'old')}, ${now.ready} new), ${duration}`;
    return { holds: true, at: span.from, until: span.to, because };
  },
};
