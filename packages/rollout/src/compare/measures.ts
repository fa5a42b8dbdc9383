import { countOldPods, sinceChange } from '../situations/situation.ts';
import { availablePods, existingPods, fewestOf, livePods, mostOf, readyPods } from '../timeline/counts.ts';
import type { Sample, Timeline } from '../timeline/timeline.ts';

/** The largest and smallest numbers of a timeline since the first change. */
export interface Extremes {
  /** Most pods that exist and are not terminating. */
  readonly mostLivePods: number;
  /** Most pods that exist. Terminating pods hold their room on a node until they are gone. */
  readonly mostPods: number;
  /** Fewest pods that are ready. */
  readonly fewestReadyPods: number;
  /** Fewest pods that are available. */
  readonly fewestAvailablePods: number;
  /** Number of pods created. */
  readonly podsCreated: number;
  /** Number of container restarts. */
  readonly restarts: number;
}

/** When things happen, in seconds since the first change. Absent if a thing does not happen. */
export interface Milestones {
  /** When the first new pod exists. */
  readonly firstNewPod?: number;
  /** When the first new pod is ready. */
  readonly firstNewReady?: number;
  /** When the number of ready new pods reaches its maximum. */
  readonly lastNewReady?: number;
  /** When the first old pod is terminating or gone. */
  readonly firstOldLeaves?: number;
  /** When the last old pod is terminating or gone. */
  readonly lastOldLeaves?: number;
  /** When any count changes for the last time. */
  readonly atRest?: number;
}

/** Numbers of live old and live new pods. */
export type Step = readonly [old: number, now: number];

/** Returns the largest and smallest numbers of a timeline. */
export function extremesOf(timeline: Timeline): Extremes {
  const samples = sinceChange(timeline);
  return {
    mostLivePods: mostOf(samples, livePods),
    mostPods: mostOf(samples, existingPods),
    fewestReadyPods: fewestOf(samples, readyPods),
    fewestAvailablePods: fewestOf(samples, availablePods),
    podsCreated: timeline.pods.filter(({ states }) => (states[0]?.at ?? 0) > 0).length,
    restarts: timeline.pods.reduce((sum, { restarts }) => sum + restarts, 0),
  };
}

/** Returns when things happen in a timeline. */
export function milestonesOf(timeline: Timeline): Milestones {
  const samples = sinceChange(timeline);
  const first = (holds: (sample: Sample) => boolean): number | undefined => samples.find(holds)?.at;
  const { before } = timeline.workload.replicas;
  const oldPods = countOldPods(timeline);
  const mostNew = mostOf(samples, ({ new: now }) => now.ready);
  const times = {
    firstNewPod: first(({ new: now }) => now.total > 0),
    firstNewReady: first(({ new: now }) => now.ready > 0),
    lastNewReady: mostNew > 0 ? first(({ new: now }) => now.ready === mostNew) : undefined,
    firstOldLeaves: first((each) => each.old.total < oldPods(each)),
    lastOldLeaves: before > 0 ? first(({ old }) => old.total === 0) : undefined,
    atRest: samples.at(-1)?.at,
  };
  return Object.fromEntries(Object.entries(times).filter(([, at]) => at !== undefined));
}

/**
 * Returns the sequence of live old and new pods.
 *
 * @param leastSeconds leaves out steps that last less than this, except the first and the last: controllers
 *   that work at the same time pass through short steps in any order
 */
export function pathOf(timeline: Timeline, leastSeconds = 0): Step[] {
  const path: Step[] = [];
  for (const { old, now, seconds } of mergedSteps(sinceChange(timeline), timeline.end.at)) {
    const last = path.at(-1);
    if (seconds >= leastSeconds && !(last?.[0] === old && last[1] === now)) path.push([old, now]);
  }
  return path;
}

function mergedSteps(
  samples: readonly Sample[],
  end: number,
): { old: number; now: number; seconds: number }[] {
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
