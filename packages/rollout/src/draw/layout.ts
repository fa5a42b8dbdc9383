import type { Span } from '../situations/situation.ts';
import type { Timeline } from '../timeline/timeline.ts';
import { getBands, type Band } from './bands.ts';
import { groupLanes, type LaneGroup } from './lanes.ts';

/** Width of the time axis and margins, in pixels. */
export const FRAME = { width: 812, left: 102, right: 86, top: 16, bottom: 12 };
/** Font sizes in pixels. */
export const FONT = { title: 17, text: 12, small: 11, tiny: 10 };
const LINE = 17;
const BAND_PITCH = LINE + 1;
const READY_HEIGHT = 84;
const LOAD_HEIGHT = 48;
const AXIS_HEIGHT = 36;
const PANEL_GAP = 26;
const AREA_HEIGHT = 240;
/** Height of a lane in pixels by number of lanes. More lanes are drawn as areas. */
const LANE_HEIGHTS: readonly (readonly [most: number, height: number])[] = [
  [16, 15],
  [32, 10],
  [60, 6],
];

/** A group of lanes with its position in pixels. */
export interface GroupBox {
  readonly group: LaneGroup;
  /** Baseline of the heading. */
  readonly heading: number;
  readonly top: number;
  readonly height: number;
  /** Height of one lane; 0 when the group is drawn as areas. */
  readonly row: number;
}

/** Position of a chart in pixels. */
interface ChartBox {
  /** Baseline of the heading. */
  readonly heading: number;
  readonly top: number;
  readonly height: number;
}

/** A timeline with the positions of its parts in pixels. */
export interface Panel {
  readonly timeline: Timeline;
  /** Baselines of the title lines. */
  readonly titles: readonly number[];
  /** Baseline of the labels of the changes. */
  readonly changes: number;
  readonly groups: readonly GroupBox[];
  readonly bands: readonly { readonly band: Band; readonly y: number }[];
  readonly ready: ChartBox;
  readonly load: ChartBox | undefined;
  readonly bottom: number;
}

/** Returns the span of the time axis, which all timelines of a picture share. */
function getTimeSpan(timelines: readonly Timeline[]): Span {
  const ends = timelines.map(({ samples, pods, end, changes, load }) => {
    const times = [
      ...pods.flatMap(({ states }) => states.map(({ at }) => at)),
      ...samples.map(({ at }) => at),
      ...changes.map(({ at }) => at),
      ...(load?.failures.map(({ at }) => at) ?? []),
    ];
    const last = times.reduce((latest, at) => Math.max(latest, at), 0);
    if (end.reason !== 'settled') return Math.max(end.at, last);
    return Math.min(Math.max(end.at, last), last + Math.max(1, last * 0.08));
  });
  const to = Math.max(1, ...ends);
  const begin = Math.min(0, ...timelines.flatMap(({ samples }) => samples[0]?.at ?? 0));
  return { from: Math.max(begin, -to * 0.12) - to * 0.02, to };
}

/** Returns until when a timeline is known: a workload that has settled stays as it is. */
export const getKnownEnd = ({ end }: Timeline, to: number): number =>
  end.reason === 'settled' ? to : Math.min(to, end.at);

function placeGroups(groups: readonly LaneGroup[], from: number): { boxes: GroupBox[]; bottom: number } {
  const pods = groups.reduce((sum, { lanes }) => sum + lanes.length, 0);
  const row = LANE_HEIGHTS.find(([most]) => pods <= most)?.[1] ?? 0;
  let y = from;
  const boxes = groups.map((group) => {
    const top = y + LINE;
    const height = row > 0 ? row * group.lanes.length : (AREA_HEIGHT * group.lanes.length) / pods;
    y = top + height + 4;
    return { group, heading: top - 5, top, height, row };
  });
  return { boxes, bottom: y };
}

function placePanel(timeline: Timeline, top: number, span: Span): Panel {
  const known = { from: span.from, to: getKnownEnd(timeline, span.to) };
  const titles = [1, 2, 3, 4].map((line) => top + LINE * line + (line === 1 ? 0 : 2));
  const changes = top + LINE * 5 + 8;
  const { boxes, bottom } = placeGroups(groupLanes(timeline, known), changes + 6);
  const bands = getBands(timeline, known.to).map((band, index) => ({
    band,
    y: bottom + 12 + index * BAND_PITCH,
  }));
  const heading = bottom + 6 + bands.length * BAND_PITCH + LINE;
  const ready = { heading, top: heading + 6, height: READY_HEIGHT };
  const below = ready.top + READY_HEIGHT;
  const load = timeline.load && { heading: below + 22, top: below + 28, height: LOAD_HEIGHT };
  const last = load ? load.top + load.height : below;
  return { timeline, titles, changes, groups: boxes, bands, ready, load, bottom: last };
}

/** Places timelines one below the other. */
export function placePanels(
  timelines: readonly Timeline[],
  from: number,
): { panels: Panel[]; span: Span; bottom: number } {
  const span = getTimeSpan(timelines);
  let y = from;
  const panels = timelines.map((timeline) => {
    const panel = placePanel(timeline, y, span);
    y = panel.bottom + AXIS_HEIGHT + PANEL_GAP;
    return panel;
  });
  return { panels, span, bottom: y - PANEL_GAP };
}
