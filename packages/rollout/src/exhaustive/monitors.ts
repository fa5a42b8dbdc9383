import type { WorkloadSpec } from '../manifest/workload-spec.ts';
import { resolveLimits } from '../simulation/deployment-plan.ts';
import { blueGreen } from '../situations/blue-green.ts';
import { replaced } from '../situations/end-state.ts';
import { fullStrength } from '../situations/full-strength.ts';
import { mixedVersions } from '../situations/mixed-versions.ts';
import { noOutage } from '../situations/no-outage.ts';
import { rolling } from '../situations/rolling.ts';
import { areBothReady } from '../situations/situation.ts';
import { withinBudget } from '../situations/within-budget.ts';
import { availablePods, livePods, readyPods } from '../timeline/counts.ts';
import type { Sample } from '../timeline/timeline.ts';
import type { VersionCounts } from './state.ts';

/** Judges a situation along an order of steps. */
export interface Monitor {
  /** Name of the situation. */
  readonly situation: string;
  /** Returns what is remembered of an order after one more state; 0 is remembered before the first. */
  readonly next: (memory: number, counts: VersionCounts) => number;
  /** Whether the situation holds for an order that ends. */
  readonly holds: (memory: number) => boolean;
}

type Condition = (sample: Sample) => boolean;

/** Counts of a state have no time. */
const asSample = (counts: VersionCounts): Sample => ({ at: 0, ...counts });

/** Holds when some state meets the condition. */
const sometimes = (situation: string, condition: Condition): Monitor => ({
  situation,
  next: (memory, counts) => (memory === 1 || condition(asSample(counts)) ? 1 : 0),
  holds: (memory) => memory === 1,
});

/** Holds when every state meets the condition. */
const throughout = (situation: string, condition: Condition): Monitor => ({
  situation,
  next: (memory, counts) => (memory === 1 || !condition(asSample(counts)) ? 1 : 0),
  holds: (memory) => memory === 0,
});

/** Holds when the last state meets the condition. */
const atEnd = (situation: string, condition: Condition): Monitor => ({
  situation,
  next: (_, counts) => (condition(asSample(counts)) ? 1 : 0),
  holds: (memory) => memory === 1,
});

const MIXED = 1;
const OVERLAP = 2;
const BROKEN = 4;

/** Pods of both versions are ready, old pods go before all new ones are ready; no moment of blue-green, no outage. */
function watchRolling(replicas: number, isMoment: Condition): Monitor {
  const overlaps = ({ old, new: now }: Sample): boolean =>
    old.ready > 0 && old.total < replicas && now.total > 0 && now.ready < replicas;
  return {
    situation: rolling.name,
    next: (memory, counts) => {
      const sample = asSample(counts);
      if (memory === BROKEN || isMoment(sample) || readyPods(sample) === 0) return BROKEN;
      return memory | (areBothReady(sample) ? MIXED : 0) | (overlaps(sample) ? OVERLAP : 0);
    },
    holds: (memory) => memory === (MIXED | OVERLAP),
  };
}

/**
 * Returns the monitors of the situations that counts of pods decide.
 *
 * @param hasLoad whether requests decide if there is an outage
 */
export function createMonitors(spec: WorkloadSpec, hasLoad: boolean): Monitor[] {
  const { replicas, surge, unavailable } = resolveLimits(spec);
  const isMoment: Condition = ({ old, new: now }) => old.ready >= replicas && now.ready >= replicas;
  const isWithin: Condition = (sample) =>
    livePods(sample) <= replicas + surge && availablePods(sample) >= replicas - unavailable;
  const isReplaced: Condition = ({ old, new: now }) =>
    old.total + old.terminating === 0 && now.ready === replicas;
  return [
    sometimes(blueGreen.name, isMoment),
    watchRolling(replicas, isMoment),
    throughout(withinBudget.name, isWithin),
    ...(hasLoad ? [] : [throughout(noOutage.name, (sample) => readyPods(sample) > 0)]),
    throughout(fullStrength.name, (sample) => readyPods(sample) >= replicas),
    sometimes(mixedVersions.name, areBothReady),
    atEnd(replaced.name, isReplaced),
  ];
}
