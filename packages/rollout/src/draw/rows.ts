import { FRAME, type GroupBox, type Panel } from './layout';
import { stackOf, type DrawnLane, type Segment } from './lanes';
import { hueOf, INK, LOOKS, VISIBLE_STATES, BAND_COLORS } from './palette';
import type { Row } from './marks';
import { fitted, shortName, widthOf } from './words';
import { FONT } from './layout';

/** Where a time is drawn before anybody zooms, in pixels. */
export type Place = (at: number) => number;

const rounded = (value: number): number => Math.round(value * 100) / 100;
const time = (value: number): string => `${Number(value.toFixed(3))} s`;
const versionName = (revision: number): string =>
  revision === 0 ? 'old' : revision === 1 ? 'new' : `new, change ${revision}`;

function bar(revision: number, { from, to, state }: Segment, center: number, height: number): Row {
  const [look, hue] = [LOOKS[state], hueOf(revision)];
  const tall = rounded(Math.max(1, look.height * height));
  return {
    from,
    to,
    y: rounded(center - tall / 2),
    height: tall,
    fill: look.fill(hue),
    stroke: look.stroke(hue) ?? null,
    strokeDash: look.dash ?? [],
  };
}

/** The bars of lanes that each pod has one of. */
export function laneRows({ group: { revision, lanes }, top, row }: GroupBox): Row[] {
  if (row === 0) return [];
  return lanes.flatMap(({ pod, image, restarts, segments }, index) =>
    segments.map((segment) => ({
      ...bar(revision, segment, top + (index + 0.5) * row, row),
      tooltip: {
        title: pod,
        version: versionName(revision),
        image,
        state: segment.state,
        from: time(segment.from),
        to: time(segment.to),
        for: time(segment.to - segment.from),
        ...(restarts > 0 && { restarts }),
      },
    })),
  );
}

/** The bars of a group that is drawn as areas: for each step, its states on top of each other. */
export function stackRows(box: GroupBox, [from, to]: readonly [number, number]): Row[] {
  const { group, top, height, row } = box;
  if (row > 0) return [];
  const grain = (3 * (to - from)) / FRAME.width;
  const scale = height / Math.max(1, group.lanes.length);
  return stackOf(group, from, to, grain).flatMap(({ at, until, counts }) => {
    let y = top + height;
    return [...VISIBLE_STATES].reverse().flatMap((state) => {
      const count = counts[state] ?? 0;
      if (count === 0) return [];
      y -= count * scale;
      const hue = hueOf(group.revision);
      const faint = state === 'terminating' || state === 'pending';
      return [
        {
          from: at,
          to: until,
          y: rounded(y),
          height: rounded(count * scale),
          fill: faint ? hue.tint : LOOKS[state].fill(hue),
          opacity: state === 'pending' ? 0.35 : state === 'terminating' ? 0.7 : 1,
          stroke: null,
          strokeDash: [],
          tooltip: {
            title: `${count} of ${group.lanes.length} pods`,
            version: versionName(group.revision),
            image: group.image,
            state,
            from: time(at),
            to: time(until),
          },
        },
      ];
    });
  });
}

/** Marks on crashes that are long enough to bear one. */
export const crashRows = ({ group: { lanes }, top, row }: GroupBox, place: Place): Row[] =>
  row < 10
    ? []
    : lanes.flatMap(({ segments }, index) =>
        segments
          .filter(({ state, from, to }) => state === 'crashed' && place(to) - place(from) > 12)
          .map(({ from }) => ({ at: from, y: top + (index + 0.5) * row })),
      );

/** What is written beside a group's lanes. */
export function laneTexts({ group, heading, top, height, row }: GroupBox, workload: string): Row[] {
  const { revision, image, lanes } = group;
  const hue = hueOf(revision);
  const size = lanes.length === 1 ? '1 pod' : `${lanes.length} pods`;
  const head = fitted(`${versionName(revision)}: ${size}, ${image}`, FONT.text, FRAME.width);
  const beside = row === 0 ? ['full: ready', 'pale: not yet', 'or no longer'] : [];
  const named = (lane: DrawnLane, index: number): Row[] => [
    {
      what: 'name',
      x: -8,
      y: rounded(top + (index + 0.5) * row),
      text: fitted(shortName(lane.pod, workload), FONT.tiny, FRAME.left - 12),
      fill: INK.soft,
    },
    ...(lane.restarts > 0
      ? [
          {
            what: 'restarts',
            x: FRAME.width + 6,
            y: rounded(top + (index + 0.5) * row),
            text: lane.restarts === 1 ? '1 restart' : `${lane.restarts} restarts`,
            fill: INK.text,
          },
        ]
      : []),
  ];
  return [
    { what: 'group', x: 0, y: heading, text: head, fill: hue.text },
    ...beside.map((text, line) => ({
      what: 'name',
      x: -8,
      y: rounded(top + height / 2 + (line - 1) * 12),
      text,
      fill: INK.soft,
    })),
    ...(row >= 10 ? lanes.flatMap(named) : []),
  ];
}

/** A situation's bars, and its name where there is room for it: on the longest, after the last, before the first. */
export function bandRows({ bands }: Panel, place: Place): { bars: Row[]; labels: Row[] } {
  const bars = bands.flatMap(({ band: { kind, spans, label }, y }) =>
    spans.map(({ from, to }) => ({
      from,
      to,
      y: y - 7,
      height: 14,
      fill: BAND_COLORS[kind],
      stroke: BAND_COLORS[kind],
      strokeDash: [],
      washed: kind !== 'mixed',
      tooltip: { title: label, from: time(from), to: time(to), for: time(to - from) },
    })),
  );
  const labels = bands.map(({ band: { kind, spans, label }, y }) => {
    const room = widthOf(label, FONT.small) + 12;
    const seen = spans.map(({ from, to }) => ({
      from: Math.max(place(from), 0),
      to: Math.min(place(to), FRAME.width),
      at: from,
      end: to,
    }));
    const said = { y, text: label, fill: BAND_COLORS[kind] };
    const wide = seen.find(({ from, to }) => to - from > room);
    if (wide) return { ...said, at: wide.at, fill: '#ffffff', align: 'left', dx: 6 };
    const [first, last] = [seen[0], seen.at(-1)];
    if (last && last.to + room < FRAME.width) return { ...said, at: last.end, align: 'left', dx: 6 };
    if (first && first.from > room) return { ...said, at: first.at, align: 'right', dx: -6 };
    const [widest] = seen.sort((a, b) => b.to - b.from - (a.to - a.from));
    const text = fitted(label, FONT.small, widest ? widest.to - widest.from - 12 : FRAME.width);
    return { ...said, text, at: widest?.at ?? 0, fill: '#ffffff', align: 'left', dx: 6 };
  });
  return { bars, labels };
}
