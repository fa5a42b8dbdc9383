import { situations } from './index.ts';
import { InputError } from '../errors/input-error.ts';
import type { Timeline } from '../timeline/timeline.ts';
import type { Finding } from './situation.ts';

/** Whether a timeline meets an expectation. */
export interface Verdict extends Finding {
  /** The name of the situation, with the prefix `not-` when the timeline must not have it. */
  readonly expect: string;
}

/** The names of all situations. */
export const situationNames: readonly string[] = situations.map(({ name }) => name);

/**
 * Checks a timeline for one situation.
 *
 * @param expect the name of a situation, or `not-` and the name
 * @throws InputError for an unknown name
 */
export function check(timeline: Timeline, expect: string): Verdict {
  const exact = situations.find(({ name }) => name === expect);
  const situation = exact ?? situations.find(({ name }) => `not-${name}` === expect);
  if (!situation) {
    throw new InputError(
      `unknown situation ${JSON.stringify(expect)}, expected ${situationNames.join(', ')}, or one of these with the prefix not-`,
    );
  }
  const finding = situation.find(timeline);
  return { expect, ...finding, holds: exact ? finding.holds : !finding.holds };
}

/** Checks a timeline for every situation. */
export function findings(timeline: Timeline): Verdict[] {
  return situations.map(({ name, find }) => ({ expect: name, ...find(timeline) }));
}
