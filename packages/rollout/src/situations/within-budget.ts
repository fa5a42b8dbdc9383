import { resolveFenceposts } from '../rules/fenceposts.ts';
import { availablePods, livePods } from '../timeline/counts.ts';
import type { Timeline } from '../timeline/timeline.ts';
import { formatSeconds, sinceChange, type Finding, type Situation } from './situation.ts';

/** The limits of a rollout in pods; undefined without a rolling update. */
function resolveBudget({ workload, changes }: Timeline): { most: number; fewest: number } | undefined {
  const { replicas, maxSurge, maxUnavailable } = workload;
  if (maxSurge === undefined || maxUnavailable === undefined) return undefined;
  const sizes = [replicas.before, replicas.after, ...changes.flatMap((each) => each.replicas ?? [])];
  const budgets = sizes.map((size) => {
    const { surge, unavailable } = resolveFenceposts(maxSurge, maxUnavailable, size);
    return { most: size + surge, fewest: Math.max(0, size - unavailable) };
  });
  return {
    most: Math.max(...budgets.map(({ most }) => most)),
    fewest: Math.min(...budgets.map(({ fewest }) => fewest)),
  };
}

/**
 * Within budget: live pods never exceed N + maxSurge, and available pods never fall below N -
 * maxUnavailable. When changes alter the replicas N, the wider limits apply.
 *
 * 4 replicas, maxSurge 25 %, maxUnavailable 1: at most 5 live pods, at least 3 available.
 */
export const withinBudget: Situation = {
  name: 'within-budget',
  description:
    'never more live pods than replicas + maxSurge, never fewer available than replicas - maxUnavailable',
  find: (timeline): Finding => {
    const budget = resolveBudget(timeline);
    if (!budget) return { holds: false, because: 'the workload has no maxSurge and maxUnavailable' };
    const { most, fewest } = budget;
    for (const sample of sinceChange(timeline)) {
      const { at } = sample;
      const [live, available] = [livePods(sample), availablePods(sample)];
      if (live > most) {
        const because = `${live} live pods at ${formatSeconds(at)}, at most ${most} are allowed`;
        return { holds: false, at, because };
      }
      if (available < fewest) {
        const because = `${available} available pods at ${formatSeconds(at)}, at least ${fewest} are required`;
        return { holds: false, at, because };
      }
    }
    return {
      holds: true,
      because: `never more than ${most} live pods, never fewer than ${fewest} available`,
    };
  },
};
