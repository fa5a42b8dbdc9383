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
  'the recording is complete': ({ gaps = [], end }) => gaps.length === 0 && end.reason !== 'interrupted',
};
