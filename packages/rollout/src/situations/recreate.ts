import { formatSeconds, type Finding, type Situation } from './situation.ts';

/** A pod exists for up to this time after its containers have ended, until the kubelet has cleaned up. */
const CLEANUP_SECONDS = 1;

/**
 * Recreate: all old pods have ended before the first new pod exists. An old pod that has ended may still
 * exist, because the controller looks at its phase.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/controller/deployment/recreate.go `oldPodsRunning`
 */
export const recreate: Situation = {
  name: 'recreate',
  description: 'all old pods have ended before the first new pod exists',
  find: ({ samples }): Finding => {
    const first = samples.find((sample) => sample.new.total + sample.new.terminating > 0);
    if (!first) return { holds: false, because: 'no new pod ever exists' };
    const cleaned = samples.findLast(({ at }) => at <= first.at + CLEANUP_SECONDS) ?? first;
    const left = first.old.total + Math.min(first.old.terminating, cleaned.old.terminating);
    const because = `${left === 0 ? 'no' : left} old pod${left > 1 ? 's' : ''} left when the first new pod exists, at ${formatSeconds(first.at)}`;
    return { holds: left === 0, at: first.at, because };
  },
};
