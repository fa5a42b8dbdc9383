import { findings } from '../situations/check';
import type { Timeline } from '../timeline/timeline';
import { extremesOf, milestonesOf, pathOf, type Extremes, type Milestones, type Step } from './measures';

export interface Pair<Value> {
  readonly name: string;
  readonly a: Value;
  readonly b: Value;
  readonly same: boolean;
}

/** Two timelines over each other. */
export interface Comparison {
  /** Whether the end, the extremes, the situations and the times are the same. The path is not asked. */
  readonly agree: boolean;
  readonly end: Pair<string>;
  readonly extremes: readonly Pair<number>[];
  readonly situations: readonly Pair<boolean>[];
  /** The same where neither has it, or both within the tolerance. */
  readonly milestones: readonly Pair<number | null>[];
  readonly path: Pair<readonly Step[]>;
  /** Of the path only what lasts for half a second. */
  readonly plateaus: Pair<readonly Step[]>;
}

export interface CompareOptions {
  /** By how many seconds two times may differ that count as the same. @default 2 */
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

function paths(name: string, a: readonly Step[], b: readonly Step[]): Pair<readonly Step[]> {
  const same =
    a.length === b.length && a.every(([old, now], index) => b[index]?.[0] === old && b[index][1] === now);
  return { name, a, b, same };
}

function endOf({ samples, end }: Timeline): string {
  const last = samples.at(-1);
  return `${end.reason} with ${last?.old.total ?? 0} old and ${last?.new.total ?? 0} new pods`;
}

/** The differences of two timelines, in numbers. */
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
    situations: findings(a).map(({ expect: name, holds }, index) => {
      const other = situationsB[index]?.holds ?? false;
      return { name, a: holds, b: other, same: holds === other };
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
    path: paths('path', pathOf(a), pathOf(b)),
    plateaus: paths('plateaus', pathOf(a, PLATEAU_SECONDS), pathOf(b, PLATEAU_SECONDS)),
  };
}
