import { InputError } from '../errors/input-error.ts';
import type { Manifest } from '../manifest/workload.ts';
import { explorePrediction } from '../exhaustive/explore.ts';
import { judgeDraws } from '../situations/draws.ts';
import { findRestTime } from '../situations/situation.ts';
import { findBand } from '../timeline/band.ts';
import type { Prediction } from '../timeline/observations.ts';
import type { Timeline } from '../timeline/timeline.ts';
import type { Draw, PredictOptions } from './options.ts';
import { prepare } from './predict.ts';

/** Number of draws of a workload of up to 50 pods. */
const DEFAULT_DRAWS = 200;
/** Most pods of all draws together by default: 20 draws of 500 pods. */
const MOST_PODS = 10_000;

function defaultDraws({ workload: { replicas } }: Timeline): number {
  const pods = Math.max(1, replicas.before, replicas.after);
  return Math.max(1, Math.min(DEFAULT_DRAWS, Math.floor(MOST_PODS / pods)));
}

/** Returns when a draw is at rest, Infinity when it does not settle. */
const settleTime = (timeline: Timeline): number =>
  timeline.end.reason === 'settled' ? findRestTime(timeline) : Infinity;

/** Share of the draws, in the middle by settle time, of which one is shown. */
const SHOWN_SHARE = 0.1;

/**
 * Returns the draw to show: of the middle tenth by settle time, the one whose failed requests are nearest to their
 * median; of equal ones the nearest to the median settle time.
 */
function findMedian(draws: readonly [Timeline, ...Timeline[]], medianFailed: number): Timeline {
  const sorted = draws.map((draw) => ({ draw, time: settleTime(draw) })).sort((a, b) => compareTimes(a, b));
  const middle = Math.floor((sorted.length - 1) / 2);
  const reach = Math.floor((sorted.length * SHOWN_SHARE) / 2);
  const shown = sorted
    .slice(middle - reach, middle + reach + 1)
    .map(({ draw }, index) => ({
      draw,
      off: Math.abs((draw.load?.failed ?? 0) - medianFailed),
      away: Math.abs(index - reach),
    }))
    .sort((a, b) => a.off - b.off || a.away - b.away);
  return shown[0]?.draw ?? draws[0];
}

/** Infinity minus Infinity is not a number. */
const compareTimes = (a: { time: number }, b: { time: number }): number =>
  a.time === b.time ? 0 : a.time - b.time;

/** Returns the fewest, the median and the most failed requests of all draws. */
function countFailed(draws: readonly Timeline[]): Pick<Prediction, 'failedRequests'> {
  const counts = draws.flatMap(({ load }) => load?.failed ?? []).sort((a, b) => a - b);
  const middle = Math.floor((counts.length - 1) / 2);
  const [fewest, median, most] = [counts[0], counts[middle], counts.at(-1)];
  if (fewest === undefined || median === undefined || most === undefined) return {};
  return { failedRequests: { fewest, median, most } };
}

/**
 * Predicts what a change does, without a cluster. Two real rollouts of one manifest differ, so a prediction
 * draws many: it returns a draw in the middle, by settle time and failed requests, and how often each situation holds.
 *
 * The same manifest, options and seed give the same prediction.
 *
 * @param manifest YAML or JSON of one or more documents, or a parsed manifest
 * @throws InputError for a manifest without a workload, and for a change that the workload cannot have
 */
export const predict = (manifest: string | Manifest, options: PredictOptions = {}): Timeline =>
  predictDraws(prepare(manifest, options), options);

/** Predicts from many draws. @param most number of draws by default, fewer for many pods */
export function predictDraws(
  draw: Draw,
  { seed = 1, draws: count, exhaustive = false }: PredictOptions,
  most: number = DEFAULT_DRAWS,
): Timeline {
  if (count !== undefined && (!Number.isSafeInteger(count) || count < 1))
    throw new InputError(`draws is ${count}, expected an integer from 1`);
  const first = draw(seed, false);
  const others = Array.from({ length: (count ?? Math.min(most, defaultDraws(first))) - 1 }, (_, index) =>
    draw(seed + 1 + index, false),
  );
  const draws: [Timeline, ...Timeline[]] = [first, ...others];
  const counts = countFailed(draws);
  const median = findMedian(draws, counts.failedRequests?.median ?? 0);
  const { prediction } = median;
  const explored = exhaustive ? explorePrediction(draw.before, draw.after, draws) : undefined;
  return {
    ...draw(prediction?.seed ?? seed),
    ...(prediction && {
      prediction: {
        ...prediction,
        draws: { first: seed, count: draws.length },
        ...(explored && { orders: explored.orders }),
        ...(others.length > 0 && {
          verdicts: judgeDraws(draws, median, explored?.verdicts),
          ...counts,
          band: findBand(draws),
        }),
      },
    }),
  };
}
