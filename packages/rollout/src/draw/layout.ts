import type { Timeline } from '../timeline/timeline';
import { bandsOf, type Band } from './bands';
import { laneGroups, type LaneGroup } from './lanes';

/** In pixels: the room for time, and the margins beside it. */
export const FRAME = { width: 812, left: 102, right: 86, top: 16, bottom: 12 };
export const FONT = { title: 17, text: 12, small: 11, tiny: 10 };
const LINE = 17;
const READY_HEIGHT = 84;
const LOAD_HEIGHT = 48;
const AXIS_HEIGHT = 36;
const PANEL_GAP = 26;
const STACK_HEIGHT = 240;
/** The height of a lane by how many there are; beyond the last, lanes become areas. */
const ROW_HEIGHTS: readonly (readonly [most: number, height: number])[] = [
  [16, 15],
  [32, 10],
  [60, 6],
];

/** A group of lanes and where it is drawn; with `row` 0 as areas. */
export interface GroupBox {
  readonly group: LaneGroup;
  readonly heading: number;
  readonly top: number;
  readonly height: number;
  readonly row: number;
}

/** One timeline, and where its parts are drawn. */
export interface Panel {
  readonly timeline: Timeline;
  readonly top: number;
  readonly words: readonly number[];
  readonly changes: number;
  readonly groups: readonly GroupBox[];
  readonly bands: readonly { readonly band: Band; readonly y: number }[];
  readonly ready: { readonly heading: number; readonly top: number; readonly height: number };
  readonly load: { readonly heading: number; readonly top: number; readonly height: number } | undefined;
  readonly bottom: number;
}

/** From when to when the picture goes, the same for all timelines in it. */
export function spanOf(timelines: readonly Timeline[]): readonly [number, number] {
  const ends = timelines.map(({ samples, pods, end, changes, load }) => {
    const times = [
      ...pods.flatMap(({ states }) => states.map(({ at }) => at)),
      ...samples.map(({ at }) => at),
      ...changes.map(({ at }) => at),
      ...(load?.failures.map(({ at }) => at) ?? []),
    ];
    const last = times.reduce((most, at) => Math.max(most, at), 0);
    if (end.reason !== 'settled') return Math.max(end.at, last);
    return Math.min(Math.max(end.at, last), last + Math.max(1, last * 0.08));
  });
  const to = Math.max(1, ...ends);
  const before = Math.min(0, ...timelines.flatMap(({ samples }) => samples[0]?.at ?? 0));
  return [Math.max(before, -to * 0.12) - to * 0.02, to];
}

/** What has settled stays so; of anything else nothing is known after its end. */
export const knownUntil = ({ end }: Timeline, to: number): number =>
  end.reason === 'settled' ? to : Math.min(to, end.at);

function groupBoxes(groups: readonly LaneGroup[], from: number): { boxes: GroupBox[]; bottom: number } {
  const pods = groups.reduce((sum, { lanes }) => sum + lanes.length, 0);
  const row = ROW_HEIGHTS.find(([most]) => pods <= most)?.[1] ?? 0;
  let y = from;
  const boxes = groups.map((group) => {
    const top = y + LINE;
    const height = Math.max(
      row * group.lanes.length,
      row > 0 ? 0 : (STACK_HEIGHT * group.lanes.length) / pods,
    );
    y = top + height + 4;
    return { group, heading: top - 5, top, height, row };
  });
  return { boxes, bottom: y };
}

/** Where the parts of each timeline go, one timeline below the other. */
export function panelsOf(timelines: readonly Timeline[], from: number): { panels: Panel[]; bottom: number } {
  const [start, end] = spanOf(timelines);
  let y = from;
  const panels = timelines.map((timeline): Panel => {
    const top = y;
    const words = [1, 2, 3, 4].map((line) => top + LINE * line + (line === 1 ? 0 : 2));
    const changes = top + LINE * 5 + 8;
    const { boxes, bottom } = groupBoxes(laneGroups(timeline, start, knownUntil(timeline, end)), changes + 6);
    const bands = bandsOf(timeline, knownUntil(timeline, end)).map((band, index) => ({
      band,
      y: bottom + 12 + index * (LINE + 1),
    }));
    const heading = bottom + 6 + bands.length * (LINE + 1) + LINE;
    const ready = { heading, top: heading + 6, height: READY_HEIGHT };
    const below = ready.top + READY_HEIGHT;
    const load = timeline.load && { heading: below + 22, top: below + 28, height: LOAD_HEIGHT };
    const last = load ? load.top + load.height : below;
    y = last + AXIS_HEIGHT + PANEL_GAP;
    return { timeline, top, words, changes, groups: boxes, bands, ready, load, bottom: last };
  });
  return { panels, bottom: y - PANEL_GAP };
}
