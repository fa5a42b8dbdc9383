import type { Load } from '../timeline/observations.ts';
import type { Timeline } from '../timeline/timeline.ts';
import type { Pair } from './pair.ts';

/** Failed requests that two loads may differ by: chance decides which pod a request is sent to. */
const TOLERATED = 5;
const TOLERATED_SHARE = 0.1;

/** Compares the requests that failed in the seconds in which both timelines have load. */
export function compareRequests({ load: a }: Timeline, { load: b }: Timeline): Pair<number>[] {
  if (!a || !b) return [];
  const failedIn = ({ seconds }: Load, other: Load): number => {
    const common = new Set(other.seconds.map(({ at }) => at));
    return seconds.reduce((sum, { at, failed }) => sum + (common.has(at) ? failed : 0), 0);
  };
  const [one, other] = [failedIn(a, b), failedIn(b, a)];
  const tolerated = Math.max(TOLERATED, TOLERATED_SHARE * Math.max(one, other));
  return [{ name: 'failedRequests', a: one, b: other, same: Math.abs(one - other) <= tolerated }];
}
