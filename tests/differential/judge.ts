import { check, compare, type Timeline } from '../../packages/rollout/src';

/** What two timelines of one case are compared by. */
export const measures = [
  'same end state',
  'outage or none',
  'fewest ready pods',
  'pods created',
  'situation flags',
  'most pods',
  'most live pods',
  'times',
  'lasting steps',
  'whole count path',
] as const;
export type Measure = (typeof measures)[number];

/** A probe period and a second more. */
export const TOLERANCE_SECONDS = 2;

/** In which measures two timelines of one case are the same. */
export function judge(a: Timeline, b: Timeline): Record<Measure, boolean> {
  const comparison = compare(a, b, { toleranceSeconds: TOLERANCE_SECONDS });
  const extreme = (name: string): boolean =>
    comparison.extremes.some((pair) => pair.name === name && pair.same);
  return {
    'same end state': comparison.end.same,
    'outage or none': check(a, 'no-outage').holds === check(b, 'no-outage').holds,
    'fewest ready pods': extreme('fewestReadyPods'),
    'pods created': extreme('podsCreated'),
    'situation flags': comparison.situations.every(({ same }) => same),
    'most pods': extreme('mostPods'),
    'most live pods': extreme('mostLivePods'),
    times: comparison.milestones.every(({ same }) => same),
    'lasting steps': comparison.plateaus.same,
    'whole count path': comparison.path.same,
  };
}
