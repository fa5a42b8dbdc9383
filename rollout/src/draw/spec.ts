import type { Axis, Data, Mark, Scale, Spec } from 'vega' with { 'resolution-mode': 'import' };
import { InputError } from '../input-error';
import type { Timeline } from '../timeline';
import { interactions } from './interactions';
import { FONT, FRAME, knownUntil, panelsOf, spanOf, type Panel } from './layout';
import { legendRows } from './legend';
import { bars, crosses, texts, timedTexts, uprights, type Row } from './marks';
import { BAND_COLORS, hueOf, INK } from './palette';
import { loadRows, readyRows } from './ready-rows';
import { bandRows, crashRows, laneRows, laneTexts, stackRows, type Place } from './rows';
import { changeOf, fieldsOf, fitted, outcomeOf, titleOf } from './words';

export const FONT_STACK = "'IBM Plex Sans', 'Segoe UI', 'Helvetica Neue', Arial, sans-serif";

export interface PictureOptions {
  /** Zoom with the wheel, move by dragging. @default false */
  readonly interactive?: boolean;
}

interface Part {
  readonly data: readonly Data[];
  readonly scales: readonly Scale[];
  readonly axes: readonly Axis[];
  /** What goes with the time, and is cut at the sides. */
  readonly inside: readonly Mark[];
  readonly outside: readonly Mark[];
}

const table = (name: string, values: readonly Row[]): Data => ({ name, values: [...values] });
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

/** Ready pods, or requests: a small chart with an axis of its own. */
function chartFrame(name: string, most: number, top: number, height: number): Pick<Part, 'scales' | 'axes'> {
  return {
    scales: [
      { name, type: 'linear', domain: [0, most], range: [top + height, top], nice: false, zero: true },
    ],
    axes: [
      {
        orient: 'left',
        scale: name,
        tickCount: Math.min(4, most),
        tickMinStep: 1,
        format: 'd',
        domainColor: INK.line,
        tickColor: INK.line,
        labelColor: INK.soft,
      },
    ],
  };
}

function readyPart(panel: Panel, index: number, span: readonly [number, number], most: number): Part {
  const { heading, top, height } = panel.ready;
  const rows = readyRows(panel.timeline, [span[0], knownUntil(panel.timeline, span[1])]);
  const scale = `ready${index}`;
  const [old, now, desired] = [`readyOld${index}`, `readyNew${index}`, `desired${index}`];
  const area = (data: string, fill: string): Mark => ({
    type: 'area',
    from: { data },
    aria: false,
    encode: {
      update: {
        x: { scale: 'time', field: 'at' },
        y: { scale, field: 'upper' },
        y2: { scale, field: 'lower' },
        interpolate: { value: 'step-after' },
        fill: { value: fill },
      },
    },
  });
  const line: Mark = {
    type: 'line',
    from: { data: desired },
    aria: false,
    encode: {
      update: {
        x: { scale: 'time', field: 'at' },
        y: { scale, field: 'desired' },
        interpolate: { value: 'step-after' },
        stroke: { value: INK.text },
        strokeDash: { value: [5, 3] },
        strokeWidth: { value: 1.2 },
      },
    },
  };
  const { after } = panel.timeline.workload.replicas;
  const words = [
    { x: 0, y: heading, text: 'ready pods: old below, new on top', fill: INK.text },
    { x: FRAME.width + 6, y: top + height * (1 - after / most) + 4, text: `wanted ${after}`, fill: INK.soft },
  ];
  return {
    data: [
      table(old, rows.old),
      table(now, rows.new),
      table(desired, rows.desired),
      table(`readyWords${index}`, words),
    ],
    ...chartFrame(scale, most, top, height),
    inside: [area(old, hueOf(0).full), area(now, hueOf(1).full), line],
    outside: [texts(`readyWords${index}`, { fontSize: FONT.small })],
  };
}

const ANSWER_COLORS: Readonly<Record<string, string>> = {
  old: hueOf(0).full,
  new: hueOf(1).full,
  unknown: '#9aa4ae',
  failed: BAND_COLORS.outage,
};

function loadPart({ load, timeline }: Panel, index: number): Part {
  if (!load || !timeline.load) return { data: [], scales: [], axes: [], inside: [], outside: [] };
  const { bars: seconds, most } = loadRows(timeline);
  const rows = seconds.map(({ at, who, lower, upper }) => {
    const y = load.top + load.height * (1 - upper / most);
    return {
      from: at,
      to: at + 1,
      y,
      height: (load.height * (upper - lower)) / most,
      fill: ANSWER_COLORS[who],
      stroke: '#ffffff',
      strokeDash: [],
      tooltip: { title: `${upper - lower} requests`, from: `${at} s`, to: `${at + 1} s`, answered: who },
    };
  });
  // a single failure among hundreds is thinner than a line: each gets a line of its own
  const failures = timeline.load.failures.map(({ at, error }) => ({
    from: at,
    to: at,
    y: load.top - 4,
    height: load.height + 4,
    fill: BAND_COLORS.outage,
    stroke: BAND_COLORS.outage,
    strokeDash: [],
    tooltip: { title: 'a request failed', at: `${at} s`, error },
  }));
  const { failed, sent, ratePerSecond } = timeline.load;
  const fate = failed === 0 ? `all ${sent} answered` : `${failed} of ${sent} failed (red)`;
  const heading = `answers a second, by version: ${ratePerSecond} requests sent a second, ${fate}`;
  return {
    data: [
      table(`load${index}`, rows),
      table(`failures${index}`, failures),
      table(`loadWords${index}`, [{ x: 0, y: load.heading, text: heading, fill: INK.text }]),
    ],
    ...chartFrame(`loadScale${index}`, most, load.top, load.height),
    inside: [bars(`load${index}`, { strokeWidth: 0.5 }), bars(`failures${index}`, { strokeWidth: 1.5 })],
    outside: [texts(`loadWords${index}`, { fontSize: FONT.small })],
  };
}

/** As much of a change's label as there is room for before the next. */
function changeLabel({ changes }: Timeline, order: number, place: Place): string {
  if (changes.length === 1) return 'change';
  const [own, next] = [changes[order]?.at ?? 0, changes[order + 1]?.at];
  const room = next === undefined ? FRAME.width : place(next) - place(own);
  return room > 60 ? `change ${order + 1}` : room > 14 ? String(order + 1) : '';
}

function lanePart(panel: Panel, index: number, span: readonly [number, number], place: Place): Part {
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

function timeAxes(panels: readonly Panel[], height: number): Axis[] {
  return panels.flatMap(({ groups, changes, bottom }, index): Axis[] => {
    const top = groups[0]?.top ?? changes;
    const shared = { orient: 'bottom' as const, scale: 'time', offset: bottom - height, tickCount: 12 };
    const last = index === panels.length - 1;
    return [
      { ...shared, tickSize: top - bottom, labels: false, domain: false, tickColor: INK.grid, zindex: 0 },
      {
        ...shared,
        title: last ? 'seconds since the change' : '',
        domainColor: INK.line,
        tickColor: INK.line,
        labelColor: INK.soft,
        titleColor: INK.soft,
        titleFontWeight: 400,
      },
    ];
  });
}

/**
 * The picture of one or more timelines, one below the other over the same time.
 *
 * @returns a Vega specification, the same for the same timelines
 * @throws InputError without a timeline
 * @see https://vega.github.io/vega/docs/specification/
 */
export function pictureSpec(
  timelines: readonly Timeline[],
  { interactive = false }: PictureOptions = {},
): Spec {
  if (timelines.length === 0) throw new InputError('nothing to draw: give at least one timeline');
  const span = spanOf(timelines);
  const { panels, bottom: height } = panelsOf(timelines, 24);
  const place: Place = (at) => ((at - span[0]) / (span[1] - span[0])) * FRAME.width;
  const most = Math.max(...timelines.map((each) => readyRows(each, span).most));
  const revisions = [
    ...new Set(panels.flatMap(({ groups }) => groups.map(({ group }) => group.revision))),
  ].sort();
  const legend = legendRows(revisions, 12);
  const parts = panels.flatMap((panel, index) => [
    lanePart(panel, index, span, place),
    readyPart(panel, index, span, most),
    loadPart(panel, index),
  ]);
  return {
    $schema: 'https://vega.github.io/schema/vega/v6.json',
    description: timelines
      .map((each) => `${titleOf(each)}. ${changeOf(each)}. ${outcomeOf(each)}.`)
      .join(' '),
    width: FRAME.width,
    height,
    padding: { left: FRAME.left + 6, right: FRAME.right - 6, top: FRAME.top, bottom: FRAME.bottom },
    autosize: 'none',
    background: '#ffffff',
    config: {
      text: { font: FONT_STACK },
      axis: {
        labelFont: FONT_STACK,
        titleFont: FONT_STACK,
        labelFontSize: FONT.tiny,
        titleFontSize: FONT.small,
      },
    },
    signals: interactions(span, interactive),
    data: [
      table('swatches', legend.swatches),
      table('swatchWords', legend.words),
      ...parts.flatMap(({ data }) => data),
    ],
    scales: [
      {
        name: 'time',
        type: 'linear',
        domain: { signal: 'span' },
        range: [0, FRAME.width],
        zero: false,
        nice: false,
      },
      ...parts.flatMap(({ scales }) => scales),
    ],
    axes: [...timeAxes(panels, height), ...parts.flatMap(({ axes }) => axes)],
    marks: [
      {
        type: 'group',
        clip: true,
        encode: { update: { width: { value: FRAME.width }, height: { value: height } } },
        marks: parts.flatMap(({ inside }) => inside),
      },
      ...parts.flatMap(({ outside }) => outside),
      {
        type: 'rect',
        from: { data: 'swatches' },
        aria: false,
        encode: {
          update: Object.fromEntries(
            ['x', 'y', 'width', 'height', 'fill', 'stroke', 'strokeDash'].map((field) => [field, { field }]),
          ),
        },
      },
      texts('swatchWords', { fontSize: FONT.small }),
    ],
  };
}
