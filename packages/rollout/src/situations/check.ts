import { InputError } from '../errors/input-error';
import { situations } from '.';
import type { Finding } from './situation';
import type { Timeline } from '../timeline/timeline';

/** Whether a timeline is as expected. */
export interface Verdict extends Finding {
  /** The situation's name, with `not-` before it where its absence is expected. */
  readonly expect: string;
}

/** The names that `check` knows; `not-` before one expects its absence. */
export const situationNames: readonly string[] = situations.map(({ name }) => name);

/**
 * Whether a timeline has a situation, and the instant that proves it.
 *
 * @param expect a situation's name, or `not-` and the name
 * @throws InputError for a name that no situation has
 */
export function check(timeline: Timeline, expect: string): Verdict {
  const exact = situations.find(({ name }) => name === expect);
  const situation = exact ?? situations.find(({ name }) => `not-${name}` === expect);
  if (!situation) {
    throw new InputError(
      `no situation is called ${JSON.stringify(expect)}, expected ${situationNames.join(', ')}, or one of them after not-`,
    );
  }
  const finding = situation.find(timeline);
  return { expect, ...finding, holds: exact ? finding.holds : !finding.holds };
}

/** All situations that a timeline has or has not. */
export function findings(timeline: Timeline): Verdict[] {
  return situations.map(({ name, find }) => ({ expect: name, ...find(timeline) }));
}
