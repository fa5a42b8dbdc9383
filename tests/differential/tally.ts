import type { Timeline } from '@online-inference/rollout';
import { describeDifference, judge, measures, type Measure } from './measures';
import type { Outcome } from './outcome';

/** A number of comparisons, and how many of them agree. */
export interface Share {
  readonly same: number;
  readonly of: number;
}

/** How often timelines agree in one measure. */
export interface Row {
  readonly measure: Measure;
  /** Pairs of recordings of one case. */
  readonly real: Share;
  /** Pairs of the prediction and a recording of one case. */
  readonly predicted: Share;
  /** Cases whose prediction agrees with at least one recording. */
  readonly oneAtLeast: Share;
  /** Pairs of the rival's prediction and a recording of one case. @default - the rival did not run */
  readonly rival?: Share;
  /** Names of the cases whose recordings agree with each other, and the prediction with none of them. */
  readonly unlike: readonly string[];
}

/** A case whose recordings agree with each other, and the prediction with none of them. */
export interface Disagreement {
  readonly name: string;
  readonly measure: Measure;
  /** The difference between the prediction and the first recording. */
  readonly differs: string;
  /**
   * Predictions with other seeds that agree with a recording. With some, the case has several possible
   * orders of events; with none, the simulation lacks something.
   */
  readonly otherDraws: Share;
}

/** Number of predictions with other seeds. */
const DRAWS = 60;

/** Counts how often predictions agree with recordings, and how often recordings agree with each other. */
export function tally(outcomes: readonly Outcome[]): Row[] {
  const hasRival = outcomes.some(({ rival }) => rival);
  const judged = outcomes.map(({ name, predicted, runs, rival }) => ({
    name,
    real: runs.flatMap((run, index) => runs.slice(index + 1).map((other) => judge(run, other))),
    predicted: runs.map((run) => judge(predicted, run)),
    rival: rival && 'timeline' in rival ? runs.map((run) => judge(rival.timeline, run)) : [],
  }));
  return measures.map((measure) => {
    const pick = (flags: readonly Record<Measure, boolean>[]): boolean[] =>
      flags.map((each) => each[measure]);
    const share = (flags: readonly boolean[]): Share => ({
      same: flags.filter((flag) => flag).length,
      of: flags.length,
    });
    return {
      measure,
      real: share(judged.flatMap(({ real }) => pick(real))),
      predicted: share(judged.flatMap(({ predicted }) => pick(predicted))),
      ...(hasRival && { rival: share(judged.flatMap(({ rival }) => pick(rival))) }),
      oneAtLeast: share(judged.map(({ predicted }) => pick(predicted).includes(true))),
      unlike: judged.flatMap(({ name, real, predicted }) =>
        pick(real).every((same) => same) && !pick(predicted).includes(true) ? [name] : [],
      ),
    };
  });
}

/** Describes the cases of a tally in which the prediction agrees with no recording. */
export function explainDisagreements(outcomes: readonly Outcome[], rows: readonly Row[]): Disagreement[] {
  return outcomes.flatMap(({ name, predicted, runs, predictAgain }) => {
    const unlike = rows.filter((row) => row.unlike.includes(name));
    const [run] = runs;
    if (!run || unlike.length === 0) return [];
    const draws: Timeline[] = Array.from({ length: DRAWS }, (_, index) => predictAgain(index + 2));
    return unlike.map(({ measure }) => ({
      name,
      measure,
      differs: describeDifference(measure, predicted, run),
      otherDraws: {
        same: draws.filter((draw) => runs.some((each) => judge(draw, each)[measure])).length,
        of: draws.length,
      },
    }));
  });
}
