import { findings } from '../situations/check.ts';
import { findOutages } from '../situations/outages.ts';
import { areBothReady, findSpans, lastsBeyondEnd, type Span } from '../situations/situation.ts';
import { readyPods } from '../timeline/counts.ts';
import type { Timeline } from '../timeline/timeline.ts';
import type { BandKind } from './palette.ts';

/** A situation with the spans in which it holds. */
export interface Band {
  readonly kind: BandKind;
  /** In order of time, at least one. */
  readonly spans: readonly Span[];
  readonly label: string;
}

const formatDuration = (seconds: number): string =>
  seconds < 0.95 ? `${Math.round(seconds * 1000)} ms` : `${Number(seconds.toFixed(1))} s`;

/** Merges spans that touch or overlap. */
function mergeSpans(spans: readonly Span[]): Span[] {
  const merged: { from: number; to: number }[] = [];
  for (const { from, to } of [...spans].sort((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else merged.push({ from, to });
  }
  return merged;
}

/**
 * Returns the band of a situation, none without spans.
 *
 * @param lastsTo end of the last span if it continues to the end of the picture
 */
function createBand(kind: BandKind, words: string, spans: readonly Span[], lastsTo?: number): Band[] {
  const last = spans.at(-1);
  if (!last) return [];
  if (lastsTo !== undefined) {
    const extended = [...spans.slice(0, -1), { ...last, to: Math.max(last.to, lastsTo) }];
    return [{ kind, spans: extended, label: `${words}: from ${Number(last.from.toFixed(1))} s on` }];
  }
  const total = formatDuration(spans.reduce((sum, { from, to }) => sum + to - from, 0));
  const duration = spans.length === 1 ? total : `${spans.length} times, ${total} in total`;
  return [{ kind, spans, label: `${words}: ${duration}` }];
}

/**
 * Returns the outages since the change: of requests, or of readiness without load. A workload that is scaled from or to 0
 * has none.
 */
function outageSpans(timeline: Timeline): Span[] {
  const { before, after } = timeline.workload.replicas;
  if (before === 0 || after === 0) return [];
  if (timeline.load) return findOutages(timeline.load);
  return findSpans(timeline, (sample) => readyPods(sample) === 0)
    .filter(({ to }) => to > 0)
    .map(({ from, to }) => ({ from: Math.max(0, from), to }));
}

/**
 * Returns the bands of a timeline: situations that hold for a span, and gaps in the recording.
 *
 * @param to end of the picture in seconds since the change
 */
export function getBands(timeline: Timeline, to = timeline.end.at): Band[] {
  const verdicts = findings(timeline);
  const findHolding = (name: string): Span[] => {
    const { holds, at, until } = verdicts.find(({ expect }) => expect === name) ?? { holds: false };
    return holds && at !== undefined && until !== undefined ? [{ from: at, to: until }] : [];
  };
  const situation = (kind: BandKind, words: string, spans: readonly Span[]): Band[] => {
    const last = spans.at(-1);
    return createBand(kind, words, spans, last && lastsBeyondEnd(timeline, last) ? to : undefined);
  };
  return [
    ...situation('blue-green', 'blue-green, all old and all new pods ready', findHolding('blue-green')),
    ...situation('rolling', 'rolling, old pods go down while new come up', findHolding('rolling')),
    ...situation('mixed', 'both versions ready', findSpans(timeline, areBothReady)),
    ...situation(
      'outage',
      timeline.load ? 'outage, no request answered' : 'outage, no pod ready',
      outageSpans(timeline),
    ),
    ...createBand('gap', 'watch disconnected', mergeSpans(timeline.gaps ?? [])),
  ];
}
