import { check, type Timeline } from '@online-inference/rollout';
import type { LoadReport } from '../kit/load/load';
import type { Claim, Observed, Phase } from './scenario';

/** Requests of both kinds of connection. */
export function total(
  { connections }: LoadReport,
  what: 'sent' | 'answered' | 'reconnected' | 'failed',
): number {
  return connections.kept[what] + connections.new[what];
}

export const fewestReady = ({ samples }: Timeline): number =>
  Math.min(...samples.map(({ old, new: now }) => old.ready + now.ready));

/** Terminating pods too. */
export const mostPods = ({ samples }: Timeline): number =>
  Math.max(...samples.map(({ old, new: now }) => old.total + old.terminating + now.total + now.terminating));

export function noneFailed({ load }: Observed): Claim {
  const failed = total(load, 'failed');
  return {
    claim: 'no request fails, is reset, or is answered wrongly',
    holds: failed === 0 && total(load, 'sent') > 0,
    because: `${failed} of ${total(load, 'sent')}`,
  };
}

/** Both versions answer: it was not one of them that had all the requests. */
export function bothAnswer({ load: { builds } }: Observed): Claim {
  const each = Object.entries(builds).map(([build, answers]) => `${build} ${answers}`);
  return { claim: 'both builds answer', holds: each.length === 2, because: each.join(', ') };
}

/** A situation that each phase must have. @see situationNames */
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

/** So many pods are ready all the time. */
export function alwaysReady(phases: readonly Phase[], least: number): Claim {
  const fewest = Math.min(...phases.map(({ timeline }) => fewestReady(timeline)));
  return {
    claim: `never fewer than ${least} pods ready`,
    holds: fewest >= least && phases.length > 0,
    because: `the fewest: ${fewest}`,
  };
}
