import { seconds, type Finding, type Situation } from './situation';

/** A pod whose containers have ended does not run any more, but takes this long to be gone. */
const CLEANUP_SECONDS = 1;

/**
 * All old pods have ended before the first new one exists. A pod that has ended may still be
 * there, until the kubelet has cleaned up after it: the controller looks at its phase.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/controller/deployment/recreate.go `oldPodsRunning`
 */
export const recreate: Situation = {
  name: 'recreate',
  says: 'the last old pod has ended before the first new one exists',
  find: ({ samples }): Finding => {
    const first = samples.find((sample) => sample.new.total + sample.new.terminating > 0);
    if (!first) return { holds: false, because: 'there is never a new pod' };
    const cleaned = samples.findLast(({ at }) => at <= first.at + CLEANUP_SECONDS) ?? first;
    const left = first.old.total + cleaned.old.terminating;
    const because = `${left === 0 ? 'no' : left} old pod${left > 1 ? 's' : ''} left when the first new one exists, at ${seconds(first.at)}`;
    return { holds: left === 0, at: first.at, because };
  },
};
