import type { Sample, Timeline } from '../timeline/timeline';

/** Whether a timeline has a situation, and what proves it. Times are in seconds since the change. */
export interface Finding {
  readonly holds: boolean;
  /** The instant that proves it, or that comes nearest to it. */
  readonly at?: number;
  /** Until when it holds, where it is a span. */
  readonly until?: number;
  /** One sentence that names the numbers. */
  readonly because: string;
}

/** A named property of a timeline. */
export interface Situation {
  readonly name: string;
  /** What it says, for the help. */
  readonly says: string;
  readonly find: (timeline: Timeline) => Finding;
}

export interface Span {
  readonly from: number;
  readonly to: number;
  readonly first: Sample;
}

export const seconds = (value: number): string => `${Number(value.toFixed(3))} s`;

export const pods = (count: number, which = ''): string =>
  `${count} ${which && `${which} `}pod${count === 1 ? '' : 's'}`;

export const readyOf = ({ old, new: now }: Sample): number => old.ready + now.ready;

/** The spans in which a condition holds. */
export function spans({ samples, end }: Timeline, holds: (sample: Sample) => boolean): Span[] {
  const found: Span[] = [];
  let first: Sample | undefined;
  for (const sample of samples) {
    const now = holds(sample);
    if (now) first ??= sample;
    else if (first) {
      found.push({ from: first.at, to: sample.at, first });
      first = undefined;
    }
  }
  if (first) found.push({ from: first.at, to: Math.max(end.at, first.at), first });
  return found;
}

/** When the last thing happened to any pod: a recording goes on for a while after it, to see that nothing follows. */
export const restedAt = ({ samples, end }: Timeline): number => Math.max(0, samples.at(-1)?.at ?? end.at);

/** Whether a span that reaches the end of a timeline goes on: what has settled stays so. */
export const staysUntilChanged = ({ end }: Timeline, span: { readonly to: number }): boolean =>
  end.reason === 'settled' && span.to >= end.at;

/** The earliest sample of which a number is greatest. */
export function greatest(samples: readonly Sample[], of: (sample: Sample) => number): Sample | undefined {
  let best: Sample | undefined;
  for (const sample of samples) if (!best || of(sample) > of(best)) best = sample;
  return best;
}

/** The samples from the first change on, what was before it among them. */
export function sinceChange({ samples }: Timeline): Sample[] {
  const next = samples.findIndex(({ at }) => at > 0);
  return samples.slice(next < 0 ? -1 : Math.max(0, next - 1));
}
