import type { Span } from '../situations/situation.ts';
import { stackLanes } from './lanes.ts';
import { FONT, FRAME, type GroupBox } from './layout.ts';
import type { Row } from './marks.ts';
import { getHue, getStyle, INK, LOOKS, VISIBLE_STATES } from './palette.ts';
import { shortenName, truncate } from './words.ts';

/** Returns the position of a time on the axis in pixels, before any zoom. */
export type Place = (at: number) => number;

/** Smallest height of a lane with room for names and crosses, in pixels. */
const LEGIBLE_ROW = 10;
/** Smallest width of a crash with room for a cross, in pixels. */
const CROSS_ROOM = 12;
/** Smallest width of a step of an area, in pixels. */
const GRAIN = 3;

const round = (value: number): number => Math.round(value * 100) / 100;

/** Formats a time for a tooltip. */
export const formatTime = (value: number): string => `${Number(value.toFixed(3))} s`;

const nameVersion = (revision: number): string =>
  revision === 0 ? 'old' : revision === 1 ? 'new' : `new, change ${revision}`;

/** Returns the bars of the lanes of a group. */
export function getLaneRows({ group: { revision, lanes }, top, row }: GroupBox): Row[] {
  if (row === 0) return [];
  return lanes.flatMap(({ pod, image, restarts, segments }, index) =>
    segments.map(({ from, to, state }) => {
      const height = round(Math.max(1, LOOKS[state].height * row));
      return {
        from,
        to,
        y: round(top + (index + 0.5) * row - height / 2),
        height,
        ...getStyle(revision, state),
        tooltip: {
          title: pod,
          version: nameVersion(revision),
          image,
          state,
          from: formatTime(from),
          to: formatTime(to),
          for: formatTime(to - from),
          ...(restarts > 0 && { restarts }),
        },
      };
    }),
  );
}

/** Returns the bars of a group that is drawn as areas: for each step, one bar per state. */
export function getStackRows({ group, top, height, row }: GroupBox, span: Span): Row[] {
  if (row > 0) return [];
  const { revision, image, lanes } = group;
  const grain = (GRAIN * (span.to - span.from)) / FRAME.width;
  const scale = height / Math.max(1, lanes.length);
  return stackLanes(group, span, grain).flatMap(({ from, to, counts }) => {
    let y = top + height;
    return [...VISIBLE_STATES].reverse().flatMap((state) => {
      const count = counts[state] ?? 0;
      if (count === 0) return [];
      y -= count * scale;
      const faint = state === 'terminating' || state === 'pending';
      return {
        from,
        to,
        y: round(y),
        height: round(count * scale),
        ...getStyle(revision, state),
        ...(faint && { fill: getHue(revision).tint }),
        stroke: null,
        strokeDash: [],
        tooltip: {
          title: `${count} of ${lanes.length} pods`,
          version: nameVersion(revision),
          image,
          state,
          from: formatTime(from),
          to: formatTime(to),
        },
      };
    });
  });
}

/** Returns the crosses on crashes that have room for one. */
export const getCrashRows = ({ group: { lanes }, top, row }: GroupBox, place: Place): Row[] =>
  row < LEGIBLE_ROW
    ? []
    : lanes.flatMap(({ segments }, index) =>
        segments
          .filter(({ state, from, to }) => state === 'crashed' && place(to) - place(from) > CROSS_ROOM)
          .map(({ from }) => ({ at: from, y: top + (index + 0.5) * row })),
      );

/** Returns the heading of a group. */
export function getHeadingRow({ group: { revision, image, lanes }, heading }: GroupBox): Row {
  const size = lanes.length === 1 ? '1 pod' : `${lanes.length} pods`;
  const text = truncate(`${nameVersion(revision)}: ${size}, ${image}`, FONT.text, FRAME.width);
  return { x: 0, y: heading, text, fill: getHue(revision).text };
}

/** Returns the names of the pods, or the key of the areas, on the left. */
export function getNameRows({ group: { lanes }, top, height, row }: GroupBox, workload: string): Row[] {
  const beside = { x: -8, fill: INK.soft };
  if (row === 0) {
    return ['full: ready', 'pale: not yet', 'or no longer'].map((text, line) => ({
      ...beside,
      y: round(top + height / 2 + (line - 1) * 12),
      text,
    }));
  }
  if (row < LEGIBLE_ROW) return [];
  return lanes.map(({ pod }, index) => ({
    ...beside,
    y: round(top + (index + 0.5) * row),
    text: truncate(shortenName(pod, workload), FONT.tiny, FRAME.left - 12),
  }));
}

/** Returns the numbers of restarts on the right. */
export function getRestartRows({ group: { lanes }, top, row }: GroupBox): Row[] {
  if (row < LEGIBLE_ROW) return [];
  return lanes.flatMap(({ restarts }, index) =>
    restarts === 0
      ? []
      : {
          x: FRAME.width + 6,
          y: round(top + (index + 0.5) * row),
          text: restarts === 1 ? '1 restart' : `${restarts} restarts`,
          fill: INK.text,
        },
  );
}
