import { resolveFenceposts } from '../rules/fenceposts';
import { seconds, sinceChange, type Finding, type Situation } from './situation';

/**
 * Never more pods live than replicas and maxSurge allow, nor fewer available than
 * replicas without maxUnavailable. Pods that are ending do not count, as they do not
 * for the controllers. Where the change alters the replicas, the wider bounds hold.
 */
export const withinBudget: Situation = {
  name: 'within-budget',
  says: 'never more live pods than replicas + maxSurge, nor fewer available than replicas - maxUnavailable',
  find: (timeline): Finding => {
    const { replicas, maxSurge, maxUnavailable } = timeline.workload;
    if (maxSurge === undefined || maxUnavailable === undefined) {
      return { holds: false, because: 'the workload has no maxSurge and maxUnavailable' };
    }
    const sizes = [
      replicas.before,
      replicas.after,
      ...timeline.changes.flatMap((each) => each.replicas ?? []),
    ];
    const bounds = sizes.map((size) => {
      const { surge, unavailable } = resolveFenceposts(maxSurge, maxUnavailable, size);
      return { most: size + surge, least: Math.max(0, size - unavailable) };
    });
    const most = Math.max(...bounds.map((each) => each.most));
    const least = Math.min(...bounds.map((each) => each.least));
    for (const { at, old, new: now } of sinceChange(timeline)) {
      const [live, available] = [old.total + now.total, old.available + now.available];
      if (live > most) {
        return {
          holds: false,
          at,
          because: `${live} pods live at ${seconds(at)}, more than the ${most} allowed`,
        };
      }
      if (available < least) {
        const because = `${available} pods are available at ${seconds(at)}, fewer than the ${least} demanded`;
        return { holds: false, at, because };
      }
    }
    return { holds: true, because: `never more than ${most} live pods, never fewer than ${least} available` };
  },
};
