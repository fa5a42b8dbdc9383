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
  /** True when the timeline does not say: a situation of requests without requests. @default false */
  readonly unknown?: boolean;
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

/** Formats a time with the precision that is known: `1.5 s`, from 100 s on `133 s`. */
export const formatSeconds = (value: number): string => `${Number(value.toFixed(value < 100 ? 1 : 0))} s`;

/** Formats a duration: `1.5 s`, or `under 0.1 s`. */
export const formatDuration = (value: number): string =>
  value < 0.05 ? 'under 0.1 s' : formatSeconds(value);

/** Formats the range of several durations: `0.1 s to 1.5 s`. */
export function formatRange(values: readonly number[]): string {
  const [from, to] = [formatDuration(Math.min(...values)), formatDuration(Math.max(...values))];
  return from === to ? from : `${from} to ${to}`;
}

/** Formats a count of pods: `1 pod`, `2 new pods`. */
export const formatPods = (count: number, which = ''): string =>
  `${count} ${which && `${which} `}pod${count === 1 ? '' : 's'}`;

/** Formats a part of all pods, with the verb: `2 of 3 old pods are`, `1 of 1 pod is`. */
export const formatShare = (count: number, of: number, which = ''): string =>
  `${count} of ${formatPods(of, which)} ${of === 1 ? 'is' : 'are'}`;

/** Formats all pods: `all 3 old pods`, `the old pod`. */
export const formatAll = (count: number, which: string): string =>
  count === 1 ? `the ${which} pod` : `all ${formatPods(count, which)}`;

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

/**
 * Returns how many old pods there have been at most, up to each sample. A change of the replicas during a
 * rollout adds old pods.
 */
export function countOldPods({ samples, workload }: Timeline): (sample: Sample) => number {
  const counts = new Map<Sample, number>();
  let most = workload.replicas.before;
  for (const sample of samples) {
    most = Math.max(most, sample.old.total);
    counts.set(sample, most);
  }
  return (sample) => counts.get(sample) ?? most;
}

/** Returns every number of replicas that was asked for: before the changes and after each of them. */
export function askedReplicas({ workload, changes }: Timeline): number[] {
  const { before, after } = workload.replicas;
  const set = changes.flatMap((change) => change.set ?? []).filter(({ path }) => path === 'spec.replicas');
  const later = [...changes.map(({ replicas }) => replicas), ...set.map(({ value }) => value)];
  return [before, after, ...later.filter((size) => typeof size === 'number')];
}

/** Returns the samples since the change, with the one that holds at the change. */
export function sinceChange({ samples }: Timeline): Sample[] {
  const next = samples.findIndex(({ at }) => at > 0);
  return samples.slice(next < 0 ? -1 : Math.max(0, next - 1));
}
