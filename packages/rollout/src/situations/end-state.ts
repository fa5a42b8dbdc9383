import type { Sample, Timeline } from '../timeline/timeline.ts';
import { findRestTime, formatPods, formatSeconds, type Finding, type Situation } from './situation.ts';

/** Creates a situation that depends on the last sample only. */
function createEndSituation(
  name: string,
  description: string,
  holds: (last: Sample, timeline: Timeline) => boolean,
): Situation {
  return {
    name,
    description,
    find: (timeline): Finding => {
      const last = timeline.samples.at(-1);
      if (!last) return { holds: false, because: 'the timeline has no samples' };
      const { at, old, new: now } = last;
      const because = `at the end (from ${formatSeconds(at)}) there are ${formatPods(old.total, 'old')} and ${now.total} new`;
      return { holds: holds(last, timeline), at, because };
    },
  };
}

/** Replaced: at the end all pods are new. */
export const replaced = createEndSituation(
  'replaced',
  'at the end all pods are new',
  ({ old, new: now }, { workload }) =>
    old.total + old.terminating === 0 && now.total > 0 && now.total === workload.replicas.after,
);

/** Kept: at the end all pods are old. */
export const kept = createEndSituation(
  'kept',
  'at the end all pods are old',
  ({ old, new: now }) => now.total === 0 && old.total > 0,
);

/** Mixed end: at the end there are pods of both versions. */
export const mixedEnd = createEndSituation(
  'mixed-end',
  'at the end there are pods of both versions',
  ({ old, new: now }) => old.total > 0 && now.total > 0,
);

/** Settled: the workload has the pods that its spec asks for, and no pod is terminating. */
export const settled: Situation = {
  name: 'settled',
  description: 'the workload has the pods that its spec asks for, and no pod is terminating',
  find: (timeline): Finding => {
    const { at, reason, message } = timeline.end;
    if (reason !== 'settled') {
      return { holds: false, at, because: `not settled by ${formatSeconds(at)}: ${message ?? reason}` };
    }
    const restTime = findRestTime(timeline);
    return { holds: true, at: restTime, because: `settled at ${formatSeconds(restTime)}` };
  },
};
