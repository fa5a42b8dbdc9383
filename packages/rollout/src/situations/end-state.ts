import type { Sample, Timeline } from '../timeline/timeline';
import { pods, seconds, type Finding, type Situation } from './situation';

const last = ({ samples }: Timeline): Sample | undefined => samples.at(-1);

/** What of the pods there is at the end, and whether it is so. */
function atEnd(
  name: string,
  says: string,
  holds: (sample: Sample, timeline: Timeline) => boolean,
): Situation {
  return {
    name,
    says,
    find: (timeline): Finding => {
      const sample = last(timeline);
      if (!sample) return { holds: false, because: 'the timeline has no samples' };
      const { old, new: now } = sample;
      const because = `at the end, from ${seconds(sample.at)}, there are ${pods(old.total, 'old')} and ${now.total} new`;
      return { holds: holds(sample, timeline), at: sample.at, because };
    },
  };
}

/** At the end all pods are new. */
export const replaced = atEnd(
  'replaced',
  'at the end every pod is new',
  ({ old, new: now }, { workload }) =>
    old.total + old.terminating === 0 && now.total === workload.replicas.after,
);

/** At the end no pod is new: the change has replaced none. */
export const kept = atEnd(
  'kept',
  'at the end every pod is old: the change has replaced none',
  ({ old, new: now }) => now.total === 0 && old.total > 0,
);

/** At the end there are pods of both versions. */
export const mixedEnd = atEnd(
  'mixed-end',
  'at the end there are pods of both versions',
  ({ old, new: now }) => old.total > 0 && now.total > 0,
);
