import type { Timeline } from '../timeline/timeline';
import { FONT, FRAME, type Panel } from './layout';
import { bars, crosses, texts, timedTexts, uprights, type Row } from './marks';
import { INK } from './palette';
import { table, type Part } from './part';
import { bandRows, crashRows, laneRows, laneTexts, stackRows, type Place } from './rows';
import { changeOf, fieldsOf, fitted, outcomeOf, titleOf } from './words';

const WIDE = FRAME.width + FRAME.left + FRAME.right;

function heads({ timeline, words }: Panel): Row[] {
  const lines = [titleOf(timeline), changeOf(timeline), fieldsOf(timeline), outcomeOf(timeline)];
  const sizes = [FONT.title, FONT.text, FONT.text, FONT.text];
  return lines.map((line, index) => ({
    x: -FRAME.left,
    y: words[index] ?? 0,
    text: fitted(line, sizes[index] ?? FONT.text, WIDE),
    fill: index === 0 ? INK.text : INK.soft,
  }));
}

/** As much of a change's label as there is room for before the next. */
function changeLabel({ changes }: Timeline, order: number, place: Place): string {
  if (changes.length === 1) return 'change';
  const [own, next] = [changes[order]?.at ?? 0, changes[order + 1]?.at];
  const room = next === undefined ? FRAME.width : place(next) - place(own);
  return room > 60 ? `change ${order + 1}` : room > 14 ? String(order + 1) : '';
}

/** The titles, the lanes, the situations and the instants of the changes. */
export function lanePart(panel: Panel, index: number, span: readonly [number, number], place: Place): Part {
  const { timeline, groups, changes, ready } = panel;
  const name = (what: string): string => `${what}${index}`;
  const { bars: situations, labels } = bandRows(panel, place);
  const lanesTop = groups[0]?.top ?? changes;
  const washes = situations
    .filter(({ washed }) => washed)
    .map((row) => ({
      ...row,
      y: lanesTop,
      height: ready.top + ready.height - lanesTop,
      stroke: null,
      tooltip: undefined,
    }));
  const beside = groups.flatMap((box) => laneTexts(box, timeline.workload.name));
  const only = (what: string): Row[] => beside.filter((row) => row['what'] === what);
  const marked = timeline.changes.map(({ at }, order) => ({
    at,
    y: changes + 4,
    text: changeLabel(timeline, order, place),
    fill: INK.text,
    align: 'left',
    dx: 4,
  }));
  // a heading stands between its group's lanes and those above: the instant is not drawn through it
  const lastLane = groups.at(-1);
  const pieces = [
    { y: changes - 5, y2: changes + 6 },
    ...groups.map(({ top, height }) => ({ y: top - 1, y2: top + height + 3 })),
    { y: lastLane ? lastLane.top + lastLane.height : changes, y2: ready.heading - 12 },
    { y: ready.top, y2: ready.top + ready.height },
    ...(panel.load ? [{ y: panel.load.top, y2: panel.load.top + panel.load.height }] : []),
  ];
  const instants = timeline.changes.flatMap(({ at }) => pieces.map((piece) => ({ at, ...piece })));
  return {
    data: [
      table(name('title'), heads(panel).slice(0, 1)),
      table(name('words'), heads(panel).slice(1)),
      table(name('groups'), only('group')),
      table(name('names'), only('name')),
      table(name('restarts'), only('restarts')),
      table(name('washes'), washes),
      table(name('lanes'), groups.flatMap(laneRows)),
      table(
        name('stacks'),
        groups.flatMap((box) => stackRows(box, span)),
      ),
      table(
        name('crashes'),
        groups.flatMap((box) => crashRows(box, place)),
      ),
      table(name('situations'), situations),
      table(name('labels'), labels),
      table(name('changes'), marked),
      table(name('instants'), instants),
    ],
    scales: [],
    axes: [],
    inside: [
      bars(name('washes'), { fillOpacity: 0.1, strokeWidth: 0 }),
      bars(name('stacks'), { strokeWidth: 0 }, 0.5),
      bars(name('lanes')),
      crosses(name('crashes')),
      bars(name('situations'), { cornerRadius: 3 }),
      timedTexts(name('labels'), { baseline: 'middle' }),
      uprights(name('instants')),
      timedTexts(name('changes'), { fontSize: FONT.tiny }),
    ],
    outside: [
      texts(name('title'), { fontSize: FONT.title, fontWeight: 600 }),
      texts(name('words'), { fontSize: FONT.text }),
      texts(name('groups'), { fontSize: FONT.text, fontWeight: 600 }),
      texts(name('names'), { fontSize: FONT.tiny, align: 'right', baseline: 'middle' }),
      texts(name('restarts'), { fontSize: FONT.tiny, baseline: 'middle' }),
    ],
  };
}
