import { compare, type Timeline } from '@online-inference/rollout';

/** Median errors of one time, in seconds; null if there is no pair that has it. */
export interface TimeRow {
  readonly time: 'time to rest' | 'all moments';
  /** One recording against another of its case. */
  readonly real: number | null;
  /** The prediction against each recording. */
  readonly predicted: number | null;
  /** The prediction against the nearer recording of each case. */
  readonly nearer: number | null;
  /** The rival's prediction against each recording. @default - the rival did not run */
  readonly rival?: number | null;
}

/** A case's timelines. */
export interface Timed {
  readonly predicted: Timeline;
  readonly runs: readonly Timeline[];
  /** @default - the rival did not predict the case */
  readonly rival?: Timeline | undefined;
}

function getMedian(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return low === undefined || high === undefined ? null : Math.round(500 * (low + high)) / 1000;
}

/** Returns the differences of the times that both timelines have, in seconds. */
function getErrors(time: TimeRow['time'], a: Timeline, b: Timeline): number[] {
  if (a.end.reason !== 'settled' || b.end.reason !== 'settled') return [];
  return compare(a, b).milestones.flatMap(({ name, a: one, b: other }) => {
    const wanted = time === 'all moments' || name === 'atRest';
    return wanted && one !== null && other !== null ? [Math.abs(one - other)] : [];
  });
}

/** Measures how far the times of rollouts are apart. */
export function measureTimes(cases: readonly Timed[], withRival: boolean): TimeRow[] {
  return (['time to rest', 'all moments'] as const).map((time) => {
    const errors = cases.map(({ predicted, runs, rival }) => ({
      real: runs.flatMap((run, index) =>
        runs.slice(index + 1).flatMap((other) => getErrors(time, run, other)),
      ),
      predicted: runs.map((run) => getErrors(time, predicted, run)),
      rival: rival ? runs.flatMap((run) => getErrors(time, rival, run)) : [],
    }));
    return {
      time,
      real: getMedian(errors.flatMap(({ real }) => real)),
      predicted: getMedian(errors.flatMap((each) => each.predicted.flat())),
      nearer: getMedian(errors.flatMap((each) => getNearer(each.predicted))),
      ...(withRival && { rival: getMedian(errors.flatMap(({ rival }) => rival)) }),
    };
  });
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Returns the errors against the run with the smallest sum. */
const getNearer = (errors: readonly (readonly number[])[]): readonly number[] =>
  [...errors].filter(({ length }) => length > 0).sort((a, b) => sum(a) - sum(b))[0] ?? [];

/** Returns the median of durations in seconds. */
export const getMedianSeconds = (seconds: readonly number[]): number => getMedian(seconds) ?? 0;
