import { check, fewestOf, readyPods } from '@online-inference/rollout';
import type { Claim, Observed, Phase } from './soak';

/** Claims that no request fails. */
export function noneFailed({ load: { sent, failed } }: Observed): Claim {
  return {
    claim: 'no request fails, is reset, or gets a wrong answer',
    holds: failed === 0 && sent > 0,
    because: `${failed} of ${sent} failed`,
  };
}

/** Claims that both versions answered requests. */
export function bothAnswer({ load: { builds } }: Observed): Claim {
  const each = Object.entries(builds).map(([build, answers]) => `${build}: ${answers}`);
  return { claim: 'both builds answer', holds: each.length === 2, because: each.join(', ') };
}

/** Claims a situation of each phase. @see situationNames */
export function each({ phases }: Observed, situation: string, claim: string): Claim {
  const without = phases.flatMap(({ name, timeline }) => {
    const { holds, because } = check(timeline, situation);
    return holds ? [] : [`${name}: ${because}`];
  });
  return {
    claim,
    holds: phases.length > 0 && without.length === 0,
    because: without.join('; ') || `${phases.length} of ${phases.length}`,
  };
}

/** Claims that a number of pods is ready at all times. */
export function alwaysReady(phases: readonly Phase[], least: number): Claim {
  const fewest = Math.min(...phases.map(({ timeline }) => fewestOf(timeline.samples, readyPods)));
  return {
    claim: `never fewer than ${least} pods ready`,
    holds: fewest >= least && phases.length > 0,
    because: `fewest: ${fewest}`,
  };
}
