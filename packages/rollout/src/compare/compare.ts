import { findings, type Verdict } from '../situations/check.ts';
import type { Timeline } from '../timeline/timeline.ts';
import { extremesOf, milestonesOf, pathOf, type Extremes, type Milestones, type Step } from './measures.ts';
import type { Pair } from './pair.ts';
import { compareRequests } from './requests.ts';

/** How two timelines differ. */
export interface Comparison {
  /** Whether the end, the extremes, the situations and the times are the same. The steps may differ. */
  readonly agree: boolean;
  /** Why each timeline ends, and with how many old and new pods. */
  readonly end: Pair<string>;
  /** Largest and smallest numbers of pods. */
  readonly extremes: readonly Pair<number>[];
  /** Failed requests in the seconds in which both timelines have load; empty if one has none. The same within 10 %. */
  readonly requests: readonly Pair<number>[];
  /** Which situations each timeline has: `yes`, `no`, or of a race its draws, `110 of 200`, which is like both, as `unknown` is. */
  readonly situations: readonly Pair<string>[];
  /** Times in seconds; null if a thing does not happen. Times within the tolerance are the same. */
  readonly milestones: readonly Pair<number | null>[];
  /** Steps of live old and new pods. */
  readonly path: Pair<readonly Step[]>;
  /** Steps that last at least half a second. */
  readonly plateaus: Pair<readonly Step[]>;
}

/** Options of `compare`. */
export interface CompareOptions {
  /** How much two times may differ and still count as the same, in seconds. @default 2 */
  readonly toleranceSeconds?: number;
}

const PLATEAU_SECONDS = 0.5;

const extremes: readonly (keyof Extremes)[] = [
  'mostLivePods',
  'mostPods',
  'fewestReadyPods',
  'fewestAvailablePods',
  'podsCreated',
  'restarts',
];
const milestones: readonly (keyof Milestones)[] = [
  'firstNewPod',
  'firstNewReady',
  'lastNewReady',
  'firstOldLeaves',
  'lastOldLeaves',
  'atRest',
];

function pairOfPaths(name: string, a: readonly Step[], b: readonly Step[]): Pair<readonly Step[]> {
  const same =
    a.length === b.length && a.every(([old, now], index) => b[index]?.[0] === old && b[index][1] === now);
  return { name, a, b, same };
}

function answerOf({ outcome, holds, draws }: Verdict): string {
  if (outcome === 'race') return `${draws?.held} of ${draws?.of}`;
  return outcome === 'unknown' ? outcome : holds ? 'yes' : 'no';
}

function endOf({ samples, end }: Timeline): string {
  const last = samples.at(-1);
  return `${end.reason} with ${last?.old.total ?? 0} old and ${last?.new.total ?? 0} new pods`;
}

/** Compares two timelines. */
export function compare(a: Timeline, b: Timeline, { toleranceSeconds = 2 }: CompareOptions = {}): Comparison {
  const [extremesA, extremesB] = [extremesOf(a), extremesOf(b)];
  const [timesA, timesB] = [milestonesOf(a), milestonesOf(b)];
  const situationsB = findings(b);
  const end = { name: 'end', a: endOf(a), b: endOf(b), same: endOf(a) === endOf(b) };
  const parts = {
    extremes: extremes.map((name) => {
      const [one, other] = [extremesA[name], extremesB[name]];
      return { name, a: one, b: other, same: one === other };
    }),
    requests: compareRequests(a, b),
    situations: findings(a).flatMap((one, index) => {
      const other = situationsB[index];
      if (!other) return [];
      const open = [one, other].some(({ outcome }) => outcome === 'race' || outcome === 'unknown');
      const same = one.holds === other.holds || open;
      return { name: one.expect, a: answerOf(one), b: answerOf(other), same };
    }),
    milestones: milestones.map((name) => {
      const [one = null, other = null] = [timesA[name], timesB[name]];
      const near = one !== null && other !== null && Math.abs(one - other) <= toleranceSeconds;
      return { name, a: one, b: other, same: one === other || near };
    }),
  };
  return {
    agree: end.same && Object.values(parts).every((pairs) => pairs.every(({ same }) => same)),
    end,
    ...parts,
    path: pairOfPaths('path', pathOf(a), pathOf(b)),
    plateaus: pairOfPaths('plateaus', pathOf(a, PLATEAU_SECONDS), pathOf(b, PLATEAU_SECONDS)),
  };
}
