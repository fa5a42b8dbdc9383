import { check, type Timeline } from '@online-inference/rollout';
import type { Scenario } from './scenario';

/** One claim about one timeline. */
export interface Verdict {
  readonly claim: string;
  readonly source: Timeline['source'];
  readonly holds: boolean;
  /** The instant and the numbers that prove it, where it is a named situation. */
  readonly because: string;
}

/** Every claim of a scenario, tried on the prediction and on the recording. */
export function verdicts(scenario: Scenario, timelines: readonly Timeline[]): Verdict[] {
  return timelines.flatMap((timeline) => {
    const { source } = timeline;
    const claims = {
      ...scenario.claims,
      ...(source === 'recorded' && { ...scenario.recordedClaims, ...complete }),
    };
    return [
      ...scenario.expect.map((expect) => {
        const { holds, because } = check(timeline, expect);
        return { claim: expect, source, holds, because };
      }),
      ...Object.entries(claims).map(([claim, holds]) => ({
        claim,
        source,
        holds: holds(timeline),
        because: '',
      })),
    ];
  });
}

const complete: NonNullable<Scenario['claims']> = {
  // a watch that is cut and goes on from where it was misses nothing, its news are late
  'the recording is complete, and no news late by a second': ({ gaps = [], end }) =>
    gaps.every(({ from, to }) => to - from < 1) && end.reason !== 'interrupted',
};
