import type { Sample } from './timeline.ts';

/** Returns the pods of both versions that exist and are not terminating. */
export const livePods = ({ old, new: now }: Sample): number => old.total + now.total;

/** Returns the pods of both versions that exist, the terminating ones included. */
export const existingPods = (sample: Sample): number =>
  livePods(sample) + sample.old.terminating + sample.new.terminating;

/** Returns the pods of both versions that are ready. */
export const readyPods = ({ old, new: now }: Sample): number => old.ready + now.ready;

/** Returns the pods of both versions that are available. */
export const availablePods = ({ old, new: now }: Sample): number => old.available + now.available;

/** Returns the largest number in any sample, or 0 without samples. */
export const mostOf = (samples: readonly Sample[], pods: (sample: Sample) => number): number =>
  samples.reduce((best, sample) => Math.max(best, pods(sample)), 0);

/** Returns the smallest number in any sample, or Infinity without samples. */
export const fewestOf = (samples: readonly Sample[], pods: (sample: Sample) => number): number =>
  samples.reduce((best, sample) => Math.min(best, pods(sample)), Infinity);
