import { readyPods } from '../timeline/counts.ts';
import type { Load } from '../timeline/observations.ts';
import type { Timeline } from '../timeline/timeline.ts';
import { findInPlaceReplacements } from './in-place.ts';
import { findOutages } from './outages.ts';
import {
  findMaximum,
  findSpans,
  formatDuration,
  formatPods,
  formatSeconds,
  lastsBeyondEnd,
  sinceChange,
  type Finding,
  type Situation,
  type Span,
} from './situation.ts';

/** Describes from when and how long something lasts. */
function describeSpan(timeline: Timeline, span: Span): string {
  const duration = lastsBeyondEnd(timeline, span)
    ? 'until the end'
    : `for ${formatDuration(span.to - span.from)}`;
  return `from ${formatSeconds(span.from)}, ${duration}`;
}

function findByRequests(timeline: Timeline, load: Load): Finding {
  const outages = findOutages(load);
  const fewest = Math.min(...sinceChange(timeline).map(readyPods));
  if (outages.length === 0) {
    const because = `a request can be answered at every moment; never fewer than ${formatPods(fewest, 'ready')}`;
    return { holds: true, because };
  }
  const longest = outages.reduce((a, b) => (b.to - b.from > a.to - a.from ? b : a));
  const others = outages.length > 1 ? ` (the longest of ${outages.length} outages)` : '';
  const because = `no request is answered ${describeSpan(timeline, longest)}${others}; ${load.failed} of ${load.sent} fail`;
  return { holds: false, at: longest.from, until: longest.to, because };
}

/** Returns whether at least one pod is always ready, whether or not it answers. */
export function findByReadiness(timeline: Timeline): Finding {
  const alone = findInPlaceReplacements(timeline).find(({ othersReady }) => othersReady <= 0);
  if (alone) {
    const because = `the container of the only ready pod is replaced in place at ${formatSeconds(alone.at)}: no pod serves until the new container is ready`;
    return { holds: false, at: alone.at, because };
  }
  const minimum = findMaximum(sinceChange(timeline), (sample) => -readyPods(sample));
  if (!minimum) return { holds: false, because: 'the timeline has no samples' };
  const { at } = minimum;
  const ready = readyPods(minimum);
  if (ready === 0) {
    const [outage] = findSpans(timeline, (sample) => sample.at >= at && readyPods(sample) === 0);
    const span = { from: at, to: outage?.to ?? at };
    return { holds: false, at, until: span.to, because: `no pod is ready ${describeSpan(timeline, span)}` };
  }
  const since = at > 0 ? `, first at ${formatSeconds(at)}` : '';
  return { holds: true, at, because: `never fewer than ${formatPods(ready, 'ready')}${since}` };
}

/**
 * No outage: at every time since the change, some request can be answered. Without load it is judged by readiness: at
 * least one pod is always ready.
 */
export const noOutage: Situation = {
  name: 'no-outage',
  description: 'some request can be answered at every moment; without load, at least one pod is always ready',
  find: (timeline): Finding => {
    const { load } = timeline;
    const byReadiness = findByReadiness(timeline);
    if (!load) {
      return { ...byReadiness, because: `${byReadiness.because} (by readiness: no requests were sent)` };
    }
    // The load of a recording has no outage that is shorter than a second.
    const isReplaced = !load.outages && findInPlaceReplacements(timeline).length > 0 && !byReadiness.holds;
    return isReplaced ? byReadiness : findByRequests(timeline, load);
  },
};
