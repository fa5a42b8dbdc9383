import { toMillisecond, type Timeline } from '../timeline/timeline.ts';
import type { OrdersVerdict } from '../timeline/orders.ts';
import type { DrawnVerdict } from '../timeline/verdicts.ts';
import { situations } from './index.ts';
import { explainRace, type FoundDraw } from './races.ts';
import type { Situation } from './situation.ts';

/** Returns the shortest and the longest span of a situation. */
function findSpans(draws: readonly FoundDraw[]): Pick<DrawnVerdict, 'shortest' | 'longest'> {
  const spans = draws.flatMap(({ finding: { at, until } }) =>
    at === undefined || until === undefined ? [] : [toMillisecond(until - at)],
  );
  if (spans.length === 0) return {};
  return { shortest: Math.min(...spans), longest: Math.max(...spans) };
}

function judge({ name, find }: Situation, draws: readonly Timeline[], shown: Timeline): DrawnVerdict {
  const found = draws.map((timeline) => ({ timeline, finding: find(timeline) }));
  const held = found.filter(({ finding }) => finding.holds);
  const missed = found.filter(({ finding }) => !finding.holds);
  const { at, because } = (found.find(({ timeline }) => timeline === shown) ?? { finding: find(shown) })
    .finding;
  return {
    situation: name,
    held: held.length,
    draws: draws.length,
    because,
    ...(at !== undefined && { at }),
    ...findSpans(found),
    ...(held.length > 0 && missed.length > 0 && explainRace(name, held, missed)),
  };
}

/**
 * Returns how often each situation holds in the draws of a prediction.
 *
 * @param orders whether it holds in every order of steps, by situation. @default not explored
 */
export function judgeDraws(
  draws: readonly Timeline[],
  shown: Timeline,
  orders?: ReadonlyMap<string, OrdersVerdict>,
): DrawnVerdict[] {
  return situations
    .filter(({ find }) => find(shown).unknown !== true)
    .map((situation) => {
      const inOrders = orders?.get(situation.name);
      return { ...judge(situation, draws, shown), ...(inOrders && { orders: inOrders }) };
    });
}
