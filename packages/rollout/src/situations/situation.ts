import type { Sample, Timeline } from '../timeline/timeline.ts';

/** Whether a situation holds in a timeline, with its evidence. Times are in seconds since the change. */
export interface Finding {
  /** True when the timeline has the situation. */
  readonly holds: boolean;
  /** When it begins; if it does not hold, when the timeline comes closest or breaks it. @default - no single instant */
  readonly at?: number;
  /** When it ends. @default - not a span */
  readonly until?: number;
  /** One sentence with the numbers that decide. */
  readonly because: string;
}

/** A named property of a timeline. */
export interface Situation {
  /** The name that `check` takes. */
  readonly name: string;
  /** One line for the command-line help. */
  readonly description: string;
  /** Returns whether a timeline has the situation. */
  readonly find: (timeline: Timeline) => Finding;
}

/** A span of time in seconds since the change. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A span in which a condition holds. */
interface HoldingSpan extends Span {
  /** The sample with which the span begins. */
  readonly first: Sample;
}

/** Formats seconds with at most three decimals: `1.5 s`. */
export const formatSeconds = (value: number): string => `${Number(value.toFixed(3))} s`;

/** Formats a count of pods: `1 pod`, `2 new pods`. */
export const formatPods = (count: number, which = ''): string =>
  `${count} ${which && `${which} `}pod${count === 1 ? '' : 's'}`;

/** Returns true when pods of both versions are ready. */
export const areBothReady = ({ old, new: now }: Sample): boolean => old.ready > 0 && now.ready > 0;

/** Returns the spans in which a condition holds. */
export function findSpans({ samples, end }: Timeline, holds: (sample: Sample) => boolean): HoldingSpan[] {
  const found: HoldingSpan[] = [];
  let first: Sample | undefined;
  for (const sample of samples) {
    if (holds(sample)) first ??= sample;
    else if (first) {
      found.push({ from: first.at, to: sample.at, first });
      first = undefined;
    }
  }
  if (first) found.push({ from: first.at, to: Math.max(end.at, first.at), first });
  return found;
}

/** Returns the time of the last sample. A recording ends later, to see that nothing follows. */
export const findRestTime = ({ samples, end }: Timeline): number => Math.max(0, samples.at(-1)?.at ?? end.at);

/** Returns true when a span lasts beyond the end of a timeline that has settled. */
export const lastsBeyondEnd = ({ end }: Timeline, { to }: Span): boolean =>
  end.reason === 'settled' && to >= end.at;

/** Returns the first sample with the largest value; undefined without samples. */
export function findMaximum(
  samples: readonly Sample[],
  value: (sample: Sample) => number,
): Sample | undefined {
  let best: Sample | undefined;
  for (const sample of samples) if (!best || value(sample) > value(best)) best = sample;
  return best;
}

/** Returns the samples since the change, with the one that holds at the change. */
export function sinceChange({ samples }: Timeline): Sample[] {
  const next = samples.findIndex(({ at }) => at > 0);
  return samples.slice(next < 0 ? -1 : Math.max(0, next - 1));
}
