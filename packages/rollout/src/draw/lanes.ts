import type { Span } from '../situations/situation.ts';
import type { Lane, PodState, Timeline } from '../timeline/timeline.ts';

/** A span in which a pod is in one state. */
interface Segment extends Span {
  readonly state: Exclude<PodState, 'gone'>;
}

/** A pod as it is drawn. */
interface DrawnLane {
  readonly pod: string;
  readonly image: string;
  readonly restarts: number;
  /** In order of time, at least one. */
  readonly segments: readonly Segment[];
}

/** The pods of one revision. */
export interface LaneGroup {
  readonly revision: number;
  readonly image: string;
  /** In the order in which they are drawn, from top to bottom. */
  readonly lanes: readonly DrawnLane[];
}

const getRevision = ({ revision, version }: Lane): number => revision ?? (version === 'old' ? 0 : 1);

/** @param start when the timeline begins: a pod of that time existed before it, so its lane begins at `from` */
function cutSegments(lane: Lane, start: number, { from, to }: Span): Segment[] {
  return lane.states.flatMap(({ at, state }, index) => {
    if (state === 'gone') return [];
    const until = Math.min(lane.states[index + 1]?.at ?? to, to);
    const since = index === 0 && at <= start ? from : at;
    return until > since ? [{ from: since, to: until, state }] : [];
  });
}

const findBegin = ({ segments }: DrawnLane, wanted: PodState): number =>
  segments.find(({ state }) => state === wanted)?.from ?? Infinity;
// The difference of two times would be NaN for Infinity.
const compareTimes = (a: number, b: number): number => (a === b ? 0 : a < b ? -1 : 1);

/** Compares by creation, termination, readiness and name. */
const compareLanes = (a: DrawnLane, b: DrawnLane): number =>
  compareTimes(a.segments[0]?.from ?? 0, b.segments[0]?.from ?? 0) ||
  compareTimes(findBegin(a, 'terminating'), findBegin(b, 'terminating')) ||
  compareTimes(findBegin(a, 'ready'), findBegin(b, 'ready')) ||
  (a.pod < b.pod ? -1 : 1);

/**
 * Groups pods by revision, the oldest first. In a group, pods that are created or terminated first come first.
 *
 * @param span the part of the timeline to draw
 */
export function groupLanes({ pods, samples }: Timeline, span: Span): LaneGroup[] {
  const start = samples[0]?.at ?? span.from;
  const revisions = [...new Set(pods.map(getRevision))].sort((a, b) => a - b);
  return revisions.map((revision) => {
    const own = pods.filter((lane) => getRevision(lane) === revision);
    const lanes = own
      .map((lane) => ({
        pod: lane.pod,
        image: lane.image,
        restarts: lane.restarts,
        segments: cutSegments(lane, start, span),
      }))
      .filter(({ segments }) => segments.length > 0)
      .sort(compareLanes);
    return { revision, image: own[0]?.image ?? '', lanes };
  });
}

/** The number of pods in each state during a span. */
export interface StackStep extends Span {
  readonly counts: Readonly<Partial<Record<PodState, number>>>;
}

/**
 * Counts the pods of a group by state over time, for groups with too many pods for lanes.
 *
 * @param grain seconds; steps closer together than this are merged
 */
export function stackLanes({ lanes }: LaneGroup, { from, to }: Span, grain: number): StackStep[] {
  const deltas = lanes
    .flatMap(({ segments }) =>
      segments.flatMap((each) => [
        { at: each.from, state: each.state, by: 1 },
        { at: each.to, state: each.state, by: -1 },
      ]),
    )
    .sort((a, b) => a.at - b.at);
  const counts: Partial<Record<PodState, number>> = {};
  const steps: { from: number; to: number; counts: StackStep['counts'] }[] = [];
  for (const { at: time, state, by } of deltas) {
    counts[state] = (counts[state] ?? 0) + by;
    const at = Math.max(time, from);
    const last = steps.at(-1);
    if (last && at - last.from < grain) last.counts = { ...counts };
    else {
      if (last) last.to = at;
      steps.push({ from: at, to, counts: { ...counts } });
    }
  }
  return steps.filter((step) => step.to > step.from);
}
