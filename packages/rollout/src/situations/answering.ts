import { uncovered } from '../requests/spans.ts';
import { readyPods } from '../timeline/counts.ts';
import type { Lane, Timeline } from '../timeline/timeline.ts';
import {
  formatDuration,
  formatPods,
  formatSeconds,
  type Finding,
  type Situation,
  type Span,
} from './situation.ts';

/** Returns the spans in which a pod is ready. */
const readySpans = ({ states }: Lane, end: number): Span[] =>
  states.flatMap(({ at, state }, index) =>
    state === 'ready' ? [{ from: at, to: Math.max(at, states[index + 1]?.at ?? end) }] : [],
  );

/** Returns the spans in which a pod is ready and does not answer. */
function silentSpans(lane: Lane, end: number): Span[] {
  const answers = (lane.answers ?? []).map(({ from, to = Infinity }) => ({ from, to }));
  return readySpans(lane, end).flatMap((span) => uncovered(span, answers));
}

/** A recording knows the requests that failed, not the pod that they were for. */
function findInLoad({ load, samples }: Timeline): Finding {
  if (!load) return { holds: false, because: 'no requests were sent', unknown: true };
  const failure = load.failures.find(({ at }) => {
    const sample = samples.findLast((each) => each.at <= at);
    return sample !== undefined && readyPods(sample) > 0;
  });
  if (!failure) return { holds: true, because: 'no request fails while a pod is ready' };
  return {
    holds: false,
    at: failure.at,
    because: `a request fails while a pod is ready, at ${formatSeconds(failure.at)}: ${failure.error}`,
  };
}

/** Answering: every pod that is ready answers requests. */
export const answering: Situation = {
  name: 'answering',
  description: 'every ready pod answers requests',
  find: (timeline): Finding => {
    if (timeline.pods.every(({ answers }) => answers === undefined)) return findInLoad(timeline);
    const silent = timeline.pods
      .map((lane) => silentSpans(lane, timeline.end.at))
      .filter((spans) => spans.length > 0);
    const spans = silent.flat();
    if (spans.length === 0) return { holds: true, because: 'every ready pod answers' };
    const longest = spans.reduce((a, b) => (b.to - b.from > a.to - a.from ? b : a));
    const first = Math.min(...spans.map(({ from }) => from));
    const because = `${formatPods(silent.length)} ready but not answering, the first from ${formatSeconds(first)}; longest for ${formatDuration(longest.to - longest.from)}, from ${formatSeconds(longest.from)}`;
    return { holds: false, at: longest.from, until: longest.to, because };
  },
};
