import type { Timeline } from '../../packages/rollout/src';
import { judge, measures, type Measure } from './judge';

/** What became of one case: real runs, and the prediction. */
export interface Outcome {
  readonly name: string;
  readonly predicted: Timeline;
  readonly runs: readonly Timeline[];
  /** The prediction with other draws of the same latencies. */
  readonly drawnAgain: (seed: number) => Timeline;
}

/** Of how many comparisons how many were the same. */
export interface Share {
  readonly same: number;
  readonly of: number;
}

export interface Row {
  readonly measure: Measure;
  /** Two real runs of one case. */
  readonly real: Share;
  /** The prediction and each of the real runs. */
  readonly predicted: Share;
  /** Cases of which the prediction is like one of the real runs at least. */
  readonly oneAtLeast: Share;
  /** Cases whose real runs agree with each other and the prediction with none of them. */
  readonly unlike: readonly string[];
}

/** How often predictions agree with real runs, beside how often real runs agree with each other. */
export function tally(outcomes: readonly Outcome[]): Row[] {
  const judged = outcomes.map(({ name, predicted, runs }) => ({
    name,
    real: runs.flatMap((run, index) => runs.slice(index + 1).map((other) => judge(run, other))),
    predicted: runs.map((run) => judge(predicted, run)),
  }));
  return measures.map((measure) => {
    const share = (flags: readonly boolean[]): Share => ({
      same: flags.filter((flag) => flag).length,
      of: flags.length,
    });
    const of = (list: readonly Record<Measure, boolean>[]): boolean[] => list.map((each) => each[measure]);
    return {
      measure,
      real: share(judged.flatMap(({ real }) => of(real))),
      predicted: share(judged.flatMap(({ predicted }) => of(predicted))),
      oneAtLeast: share(judged.map(({ predicted }) => of(predicted).includes(true))),
      unlike: judged.flatMap(({ name, real, predicted }) =>
        of(real).every((same) => same) && !of(predicted).includes(true) ? [name] : [],
      ),
    };
  });
}
