import { findings } from '../situations/check';
import { readyOf, spans, staysUntilChanged } from '../situations/situation';
import type { Timeline } from '../timeline/timeline';
import type { BandKind } from './palette';

/** A situation, and when it holds. */
export interface Band {
  readonly kind: BandKind;
  /** In order of time, at least one. */
  readonly spans: readonly { readonly from: number; readonly to: number }[];
  readonly label: string;
}

const duration = (seconds: number): string =>
  seconds < 0.95 ? `${Math.round(seconds * 1000)} ms` : `${Number(seconds.toFixed(1))} s`;

/** Spans that touch or overlap, as one. */
function merged(spans: Band['spans']): Band['spans'] {
  const joined: { from: number; to: number }[] = [];
  for (const { from, to } of [...spans].sort((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else joined.push({ from, to });
  }
  return joined;
}

/** @param goesOnTo how far the picture goes, where the last span goes on for as far as it does */
function band(kind: BandKind, words: string, found: Band['spans'], goesOnTo?: number): Band[] {
  const last = found.at(-1);
  if (!last) return [];
  if (goesOnTo !== undefined) {
    const spans = [...found.slice(0, -1), { ...last, to: Math.max(last.to, goesOnTo) }];
    return [{ kind, spans, label: `${words}: from ${Number(last.from.toFixed(1))} s on` }];
  }
  const total = duration(found.reduce((sum, { from, to }) => sum + to - from, 0));
  const times = found.length === 1 ? total : `${found.length} times, ${total} in all`;
  return [{ kind, spans: found, label: `${words}: ${times}` }];
}

/**
 * The situations of a timeline that last, and the spans of which it is not sure.
 *
 * @param to the end of the picture. @default - the timeline's own
 */
export function bandsOf(timeline: Timeline, to = timeline.end.at): Band[] {
  const { before, after } = timeline.workload.replicas;
  const found = new Map(findings(timeline).map((verdict) => [verdict.expect, verdict]));
  const holding = (name: string): Band['spans'] => {
    const { holds, at, until } = found.get(name) ?? { holds: false };
    return holds && at !== undefined && until !== undefined ? [{ from: at, to: until }] : [];
  };
  const both = spans(timeline, (sample) => sample.old.ready > 0 && sample.new.ready > 0);
  const none = spans(timeline, (sample) => readyOf(sample) === 0 && before > 0 && after > 0);
  const outages = none.filter(({ to }) => to > 0).map(({ from, to }) => ({ from: Math.max(0, from), to }));
  const situation = (kind: BandKind, words: string, found: Band['spans']): Band[] => {
    const last = found.at(-1);
    return band(kind, words, found, last && staysUntilChanged(timeline, last) ? to : undefined);
  };
  return [
    ...situation('blue-green', 'blue-green, all old and all new are ready', holding('blue-green')),
    ...situation('rolling', 'rolling, old go down while new come up', holding('rolling')),
    ...situation('mixed', 'both versions are ready to answer', both),
    ...situation('outage', 'outage, no pod is ready', outages),
    ...band('gap', 'the watch was away', merged(timeline.gaps ?? [])),
  ];
}
