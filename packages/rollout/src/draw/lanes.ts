import type { Lane, PodState, Timeline } from '../timeline/timeline';

/** A span of a pod's life. */
export interface Segment {
  readonly from: number;
  readonly to: number;
  readonly state: Exclude<PodState, 'gone'>;
}

export interface DrawnLane {
  readonly pod: string;
  readonly image: string;
  readonly restarts: number;
  readonly segments: readonly Segment[];
}

/** The pods of one revision, old above new. */
export interface LaneGroup {
  readonly revision: number;
  readonly image: string;
  readonly lanes: readonly DrawnLane[];
}

const revisionOf = ({ revision, version }: Lane): number => revision ?? (version === 'old' ? 0 : 1);

function segmentsOf(lane: Lane, start: number, from: number, to: number): Segment[] {
  return lane.states.flatMap(({ at, state }, index) => {
    if (state === 'gone') return [];
    const until = Math.min(lane.states[index + 1]?.at ?? to, to);
    // what there was when the timeline began, there was before
    const since = index === 0 && at <= start ? from : at;
    return until > since ? [{ from: since, to: until, state }] : [];
  });
}

const birth = ({ segments }: DrawnLane): number => segments[0]?.from ?? 0;
const firstReady = ({ segments }: DrawnLane): number =>
  segments.find(({ state }) => state === 'ready')?.from ?? Infinity;
const leaving = ({ segments }: DrawnLane): number =>
  segments.find(({ state }) => state === 'terminating')?.from ?? Infinity;
const byTime = (a: number, b: number): number => (a === b ? 0 : a < b ? -1 : 1);

/**
 * Pods by revision, those that come first or go first on top.
 *
 * @param from where the picture begins
 * @param to where it ends
 */
export function laneGroups({ pods, samples }: Timeline, from: number, to: number): LaneGroup[] {
  const start = samples[0]?.at ?? from;
  const revisions = [...new Set(pods.map(revisionOf))].sort((a, b) => a - b);
  return revisions.map((revision) => {
    const own = pods.filter((lane) => revisionOf(lane) === revision);
    const lanes = own
      .map((lane) => ({
        pod: lane.pod,
        image: lane.image,
        restarts: lane.restarts,
        segments: segmentsOf(lane, start, from, to),
      }))
      .filter(({ segments }) => segments.length > 0);
    lanes.sort(
      (a, b) =>
        byTime(birth(a), birth(b)) ||
        byTime(leaving(a), leaving(b)) ||
        byTime(firstReady(a), firstReady(b)) ||
        (a.pod < b.pod ? -1 : 1),
    );
    return { revision, image: own[0]?.image ?? '', lanes };
  });
}

/** How many pods of a group are in each state from `at` until the next step. */
export interface StackStep {
  readonly at: number;
  readonly until: number;
  readonly counts: Readonly<Partial<Record<PodState, number>>>;
}

/**
 * A group of more pods than can have lanes of their own, as numbers.
 *
 * @param grain steps closer together than this are drawn as one
 */
export function stackOf({ lanes }: LaneGroup, from: number, to: number, grain: number): StackStep[] {
  const deltas = lanes
    .flatMap(({ segments }) =>
      segments.flatMap((each) => [
        { at: each.from, state: each.state, by: 1 },
        { at: each.to, state: each.state, by: -1 },
      ]),
    )
    .sort((a, b) => a.at - b.at);
  const counts: Partial<Record<PodState, number>> = {};
  const steps: { at: number; until: number; counts: StackStep['counts'] }[] = [];
  for (const { at: when, state, by } of deltas) {
    counts[state] = (counts[state] ?? 0) + by;
    const at = Math.max(when, from);
    const last = steps.at(-1);
    if (last && at - last.at < grain) last.counts = { ...counts };
    else {
      if (last) last.until = at;
      steps.push({ at, until: to, counts: { ...counts } });
    }
  }
  return steps.filter((step) => step.until > step.at);
}
