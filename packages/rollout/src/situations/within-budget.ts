import {
  daemonSetLimits,
  resolveFenceposts,
  statefulSetUnavailable,
  type Fenceposts,
  type IntOrPercent,
} from '../rules/fenceposts.ts';
import type { WorkloadKind } from '../rules/kinds.ts';
import { availablePods, livePods } from '../timeline/counts.ts';
import type { Timeline } from '../timeline/timeline.ts';
import {
  askedReplicas,
  formatPods,
  formatSeconds,
  sinceChange,
  type Finding,
  type Situation,
} from './situation.ts';

/** Resolves the limits as the controller of a kind rounds them. */
function resolve(
  kind: WorkloadKind,
  maxSurge: IntOrPercent,
  maxUnavailable: IntOrPercent,
  size: number,
): Fenceposts {
  if (kind === 'StatefulSet') return { surge: 0, unavailable: statefulSetUnavailable(maxUnavailable, size) };
  if (kind !== 'DaemonSet') return resolveFenceposts(maxSurge, maxUnavailable, size);
  const limits = daemonSetLimits({ maxSurge, maxUnavailable }, size);
  return { surge: limits.maxSurge, unavailable: limits.maxUnavailable };
}

/** The limits of a rollout in pods; undefined without a rolling update. */
export function resolveBudget(timeline: Timeline): { most: number; fewest: number } | undefined {
  const { kind, maxSurge, maxUnavailable } = timeline.workload;
  if (maxSurge === undefined || maxUnavailable === undefined) return undefined;
  const budgets = askedReplicas(timeline).map((size) => {
    const { surge, unavailable } = resolve(kind, maxSurge, maxUnavailable, size);
    return { most: size + surge, fewest: Math.max(0, size - unavailable) };
  });
  const [first] = sinceChange(timeline);
  return {
    most: Math.max(...budgets.map(({ most }) => most)),
    fewest: Math.min(first ? availablePods(first) : 0, ...budgets.map(({ fewest }) => fewest)),
  };
}

/**
 * Within budget: live pods never exceed N + maxSurge, and available pods never fall below N -
 * maxUnavailable, or below those available before the change. When changes alter the replicas N, the wider
 * limits apply.
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
        const because = `${formatPods(live, 'live')} at ${formatSeconds(at)}, ${most} allowed`;
        return { holds: false, at, because };
      }
      if (available < fewest) {
        const because = `${formatPods(available, 'available')} at ${formatSeconds(at)}, ${fewest} required`;
        return { holds: false, at, because };
      }
    }
    return {
      holds: true,
      because: `never more than ${formatPods(most, 'live')}, never fewer than ${fewest} available`,
    };
  },
};
