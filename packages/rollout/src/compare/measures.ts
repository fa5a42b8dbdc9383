import { readyOf, sinceChange } from '../situations/situation';
import type { Sample, Timeline } from '../timeline/timeline';

/** Numbers that a timeline comes to. */
export interface Extremes {
  readonly mostLivePods: number;
  /** With those that are ending, which hold their room until they are gone. */
  readonly mostPods: number;
  readonly fewestReadyPods: number;
  readonly fewestAvailablePods: number;
  readonly podsCreated: number;
  readonly restarts: number;
}

/** When things happen, in seconds since the change; absent where they do not. */
export interface Milestones {
  readonly firstNewPod?: number;
  readonly firstNewReady?: number;
  readonly lastNewReady?: number;
  readonly firstOldLeaves?: number;
  readonly lastOldLeaves?: number;
  /** The last change of any count. */
  readonly atRest?: number;
}

/** Live old and new pods. */
export type Step = readonly [old: number, now: number];

const live = ({ old, new: now }: Sample): number => old.total + now.total;

export function extremesOf(timeline: Timeline): Extremes {
  const samples = sinceChange(timeline);
  const most = (of: (sample: Sample) => number): number =>
    samples.reduce((best, each) => Math.max(best, of(each)), 0);
  const fewest = (of: (sample: Sample) => number): number =>
    samples.reduce((best, each) => Math.min(best, of(each)), Infinity);
  return {
    mostLivePods: most(live),
    mostPods: most((sample) => live(sample) + sample.old.terminating + sample.new.terminating),
    fewestReadyPods: fewest(readyOf),
    fewestAvailablePods: fewest(({ old, new: now }) => old.available + now.available),
    podsCreated: timeline.pods.filter(({ states }) => (states[0]?.at ?? 0) > 0).length,
    restarts: timeline.pods.reduce((sum, { restarts }) => sum + restarts, 0),
  };
}

export function milestonesOf(timeline: Timeline): Milestones {
  const samples = sinceChange(timeline);
  const first = (holds: (sample: Sample) => boolean): number | undefined => samples.find(holds)?.at;
  const { before } = timeline.workload.replicas;
  const mostNew = samples.reduce((best, { new: now }) => Math.max(best, now.ready), 0);
  const times = {
    firstNewPod: first(({ new: now }) => now.total > 0),
    firstNewReady: first(({ new: now }) => now.ready > 0),
    lastNewReady: mostNew > 0 ? first(({ new: now }) => now.ready === mostNew) : undefined,
    firstOldLeaves: first(({ old }) => old.total < before),
    lastOldLeaves: before > 0 ? first(({ old }) => old.total === 0) : undefined,
    atRest: samples.at(-1)?.at,
  };
  return Object.fromEntries(Object.entries(times).filter(([, at]) => at !== undefined));
}

/**
 * The sequence of live old and new pods.
 *
 * @param lasting only what lasts at least so many seconds (the first and the last step do), as controllers that work side by
 *   side pass through the rest in an order of their own
 */
export function pathOf(timeline: Timeline, lasting = 0): Step[] {
  const samples = sinceChange(timeline);
  const path: Step[] = [];
  const lasts = merged(samples, timeline.end.at);
  for (const { old, now, seconds } of lasts) {
    const last = path.at(-1);
    if (seconds >= lasting && !(last?.[0] === old && last[1] === now)) path.push([old, now]);
  }
  return path;
}

function merged(samples: readonly Sample[], end: number): { old: number; now: number; seconds: number }[] {
  const steps: { old: number; now: number; seconds: number }[] = [];
  for (const [index, { at, old, new: now }] of samples.entries()) {
    const edge = index === 0 || index === samples.length - 1 ? Infinity : 0;
    const seconds = Math.max(0, (samples[index + 1]?.at ?? end) - at) + edge;
    const last = steps.at(-1);
    if (last?.old === old.total && last.now === now.total) last.seconds += seconds;
    else steps.push({ old: old.total, now: now.total, seconds });
  }
  return steps;
}
