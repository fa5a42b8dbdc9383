import type { Span } from '../situations/situation.ts';
import type { Timeline } from '../timeline/timeline.ts';
import { getBandLabels, getBandRows, getShadeRows } from './band-rows.ts';
import {
  getCrashRows,
  getHeadingRow,
  getLaneRows,
  getNameRows,
  getRestartRows,
  getStackRows,
  type Place,
} from './lane-rows.ts';
import { FONT, FRAME, type Panel } from './layout.ts';
import { bars, createLayer, crosses, texts, timedTexts, verticalLines, type Row } from './marks.ts';
import { INK } from './palette.ts';
import type { Part } from './part.ts';
import { describeChanges, describeOutcome, describeSpec, getTitle, truncate } from './words.ts';

const FULL_WIDTH = FRAME.width + FRAME.left + FRAME.right;

function getTitleRows({ timeline, titles }: Panel): Row[] {
  const lines = [
    getTitle(timeline),
    describeChanges(timeline),
    describeSpec(timeline),
    describeOutcome(timeline),
  ];
  return lines.map((line, index) => ({
    x: -FRAME.left,
    y: titles[index] ?? 0,
    text: truncate(line, index === 0 ? FONT.title : FONT.text, FULL_WIDTH),
    fill: index === 0 ? INK.text : INK.soft,
  }));
}

/** Returns the label of a change that has room before the next change. */
function labelChange({ changes }: Timeline, order: number, place: Place): string {
  if (changes.length === 1) return 'change';
  const [own, next] = [changes[order]?.at ?? 0, changes[order + 1]?.at];
  const room = next === undefined ? FRAME.width : place(next) - place(own);
  return room > 60 ? `change ${order + 1}` : room > 14 ? String(order + 1) : '';
}

/** Returns when the progress deadline was exceeded, in seconds since the first change. */
const getDeadlines = ({ events = [] }: Timeline): number[] =>
  events.filter(({ reason }) => reason === 'ProgressDeadlineExceeded').map(({ at }) => at);

function getChangeRows({ timeline, changes }: Panel, place: Place): Row[] {
  const row = (at: number, text: string): Row => {
    const left = place(at) < FRAME.width / 2;
    return { at, y: changes + 4, text, fill: INK.text, align: left ? 'left' : 'right', dx: left ? 4 : -4 };
  };
  return [
    ...timeline.changes.map(({ at }, order) => ({
      ...row(at, labelChange(timeline, order, place)),
      align: 'left',
      dx: 4,
    })),
    ...getDeadlines(timeline).map((at) => row(at, 'progress deadline')),
  ];
}

/** Returns the vertical lines of the changes and the exceeded deadlines, interrupted at the headings of the groups. */
function getInstantRows({ timeline, changes, groups, ready, load }: Panel): Row[] {
  const last = groups.at(-1);
  const pieces = [
    { y: changes - 5, y2: changes + 6 },
    ...groups.map(({ top, height }) => ({ y: top - 1, y2: top + height + 3 })),
    { y: last ? last.top + last.height : changes, y2: ready.heading - 12 },
    { y: ready.top, y2: ready.top + ready.height },
    ...(load ? [{ y: load.top, y2: load.top + load.height }] : []),
  ];
  const times = [...timeline.changes.map(({ at }) => at), ...getDeadlines(timeline)];
  return times.flatMap((at) => pieces.map((piece) => ({ at, ...piece })));
}

/** Returns the titles, the lanes, the bands and the instants of the changes. */
export function createLanePart(panel: Panel, index: number, span: Span, place: Place): Part {
  const { timeline, groups } = panel;
  const [title, ...lines] = getTitleRows(panel);
  const names = groups.flatMap((box) => getNameRows(box, timeline.workload.name));
  const stacks = groups.flatMap((box) => getStackRows(box, span));
  const crashes = groups.flatMap((box) => getCrashRows(box, place));
  const middle = { fontSize: FONT.tiny, baseline: 'middle' };
  return {
    scales: [],
    axes: [],
    inside: [
      createLayer(`shades${index}`, getShadeRows(panel), bars({ fillOpacity: 0.1, strokeWidth: 0 })),
      createLayer(`stacks${index}`, stacks, bars({ strokeWidth: 0 }, 0.5)),
      createLayer(`lanes${index}`, groups.flatMap(getLaneRows), bars()),
      createLayer(`crashes${index}`, crashes, crosses()),
      createLayer(`bands${index}`, getBandRows(panel), bars({ cornerRadius: 3 })),
      createLayer(`labels${index}`, getBandLabels(panel, place), timedTexts({ baseline: 'middle' })),
      createLayer(`instants${index}`, getInstantRows(panel), verticalLines()),
      createLayer(`changes${index}`, getChangeRows(panel, place), timedTexts({ fontSize: FONT.tiny })),
    ],
    outside: [
      createLayer(`title${index}`, title ? [title] : [], texts({ fontSize: FONT.title, fontWeight: 600 })),
      createLayer(`words${index}`, lines, texts({ fontSize: FONT.text })),
      createLayer(
        `groups${index}`,
        groups.map(getHeadingRow),
        texts({ fontSize: FONT.text, fontWeight: 600 }),
      ),
      createLayer(`names${index}`, names, texts({ ...middle, align: 'right' })),
      createLayer(`restarts${index}`, groups.flatMap(getRestartRows), texts(middle)),
    ],
  };
}
