import { situations } from './index.ts';
import { InputError } from '../errors/input-error.ts';
import type { Timeline } from '../timeline/timeline.ts';
import type { Order } from '../timeline/orders.ts';
import type { DrawnVerdict } from '../timeline/verdicts.ts';
import type { Finding, Situation } from './situation.ts';

/**
 * Of a prediction over many draws: always, race or never. Of one timeline, such as a recording: held, not held, or
 * unknown if it does not say.
 */
export type Outcome = 'always' | 'race' | 'never' | 'held' | 'not held' | 'unknown';

/** Whether a timeline meets an expectation. */
export interface Verdict extends Finding {
  /** The name of the situation, with the prefix `not-` when the timeline must not have it. */
  readonly expect: string;
  readonly outcome: Outcome;
  /** In how many draws the expectation holds. @default - not a prediction over draws */
  readonly draws?: { readonly held: number; readonly of: number };
  /** Shortest and longest span of the situation over all draws, in seconds. @default - no span */
  readonly spans?: { readonly shortest: number; readonly longest: number };
  /** What decides a race. @default - no race */
  readonly decides?: string;
  /** What would settle a race. @default - unknown, or no race */
  readonly settles?: string;
  /** Every order of steps was explored; the smallest ones if the outcome differs. @default - not explored */
  readonly orders?: { readonly holds?: Order; readonly breaks?: Order };
}

/** Options of `check`. */
export interface CheckOptions {
  /** Share of the draws, from 0 to 1, in which a situation must hold. @default 1 */
  readonly atLeast?: number;
}

/** The names of all situations. */
export const situationNames: readonly string[] = situations.map(({ name }) => name);

/**
 * Checks a timeline for one situation. A prediction over draws holds it if all draws do.
 *
 * @param expect the name of a situation, or `not-` and the name
 * @throws InputError for an unknown name
 */
export function check(timeline: Timeline, expect: string, options: CheckOptions = {}): Verdict {
  const exact = situations.find(({ name }) => name === expect);
  const situation = exact ?? situations.find(({ name }) => `not-${name}` === expect);
  if (!situation) {
    throw new InputError(
      `unknown situation ${JSON.stringify(expect)}, expected ${situationNames.join(', ')}, or one of these with the prefix not-`,
    );
  }
  return judge(timeline, situation, expect, options);
}

/** Checks a timeline for every situation. */
export function findings(timeline: Timeline, options: CheckOptions = {}): Verdict[] {
  return situations.map((situation) => judge(timeline, situation, situation.name, options));
}

function judge(
  timeline: Timeline,
  situation: Situation,
  expect: string,
  { atLeast = 1 }: CheckOptions,
): Verdict {
  const isExpected = expect === situation.name;
  const drawn = timeline.prediction?.verdicts?.find((each) => each.situation === situation.name);
  if (drawn) return judgeDrawn(drawn, expect, isExpected, atLeast);
  const finding = situation.find(timeline);
  if (finding.unknown === true) return { expect, ...finding, holds: false, outcome: 'unknown' };
  const holds = finding.holds === isExpected;
  return { expect, ...finding, holds, outcome: holds ? 'held' : 'not held' };
}

function judgeDrawn(
  { held, draws, because, at, shortest, longest, decides, settles, orders }: DrawnVerdict,
  expect: string,
  isExpected: boolean,
  atLeast: number,
): Verdict {
  const count = isExpected ? held : draws - held;
  const [holds, breaks] = isExpected
    ? [orders?.example, orders?.counterexample]
    : [orders?.counterexample, orders?.example];
  const isPossible = {
    held: count > 0 || holds !== undefined,
    missed: count < draws || breaks !== undefined,
  };
  return {
    expect,
    outcome: !isPossible.missed ? 'always' : isPossible.held ? 'race' : 'never',
    holds: atLeast < 1 ? count > 0 && count >= atLeast * draws : !isPossible.missed,
    draws: { held: count, of: draws },
    because,
    ...(at !== undefined && { at }),
    ...(shortest !== undefined && longest !== undefined && { spans: { shortest, longest } }),
    ...(decides !== undefined && { decides }),
    ...(settles !== undefined && { settles }),
    ...(orders && { orders: { ...(holds && { holds }), ...(breaks && { breaks }) } }),
  };
}
