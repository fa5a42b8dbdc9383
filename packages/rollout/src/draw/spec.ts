import type { Axis, Config, Mark, Scale, Spec } from 'vega';
import { InputError } from '../errors/input-error.ts';
import type { Span } from '../situations/situation.ts';
import type { Timeline } from '../timeline/timeline.ts';
import { createInteractions } from './interactions.ts';
import { createLanePart } from './lane-part.ts';
import type { Place } from './lane-rows.ts';
import { FONT, FRAME, placePanels, type Panel } from './layout.ts';
import { createLegend } from './legend.ts';
import { createLoadPart } from './load-part.ts';
import { INK } from './palette.ts';
import type { Part } from './part.ts';
import { createReadyPart, getMostReady } from './ready-part.ts';
import { describeChanges, describeOutcome, getTitle } from './words.ts';

export const FONT_STACK = "'IBM Plex Sans', 'Segoe UI', 'Helvetica Neue', Arial, sans-serif";
const LEGEND_Y = 12;
const PANELS_Y = 24;

/** Options of `pictureSpec`. */
export interface PictureOptions {
  /** Zoom and pan with the pointer. @default false */
  readonly interactive?: boolean;
}

const config: Config = {
  text: { font: FONT_STACK },
  axis: {
    labelFont: FONT_STACK,
    titleFont: FONT_STACK,
    labelFontSize: FONT.tiny,
    titleFontSize: FONT.small,
  },
};

const timeScale: Scale = {
  name: 'time',
  type: 'linear',
  domain: { signal: 'span' },
  range: [0, FRAME.width],
  zero: false,
  nice: false,
};

/** Returns two axes per panel: the grid behind the panel, and the labels below it. */
function createTimeAxes(panels: readonly Panel[], height: number): Axis[] {
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

function createParts(timelines: readonly Timeline[], panels: readonly Panel[], span: Span): Part[] {
  const place: Place = (at) => ((at - span.from) / (span.to - span.from)) * FRAME.width;
  const most = Math.max(...timelines.map((each) => getMostReady(each, span)));
  return panels.flatMap((panel, index) => [
    createLanePart(panel, index, span, place),
    createReadyPart(panel, index, span, most),
    createLoadPart(panel, index),
  ]);
}

const clip = (marks: Mark[], height: number): Mark => ({
  type: 'group',
  clip: true,
  encode: { update: { width: { value: FRAME.width }, height: { value: height } } },
  marks,
});

/**
 * Returns the Vega specification of a picture of timelines, one below the other on one time axis. The same
 * timelines give the same specification.
 *
 * @throws InputError without a timeline
 * @see https://vega.github.io/vega/docs/specification/
 */
export function pictureSpec(
  timelines: readonly Timeline[],
  { interactive = false }: PictureOptions = {},
): Spec {
  if (timelines.length === 0) throw new InputError('nothing to draw: give at least one timeline');
  const { panels, span, bottom: height } = placePanels(timelines, PANELS_Y);
  const groups = panels.flatMap((panel) => panel.groups.map(({ group }) => group.revision));
  const legend = createLegend([...new Set(groups)].sort(), LEGEND_Y);
  const parts = createParts(timelines, panels, span);
  const inside = parts.flatMap((part) => part.inside);
  const outside = [...parts.flatMap((part) => part.outside), ...legend];
  return {
    $schema: 'https://vega.github.io/schema/vega/v6.json',
    description: timelines
      .map((each) => `${getTitle(each)}. ${describeChanges(each)}. ${describeOutcome(each)}.`)
      .join(' '),
    width: FRAME.width,
    height,
    padding: { left: FRAME.left + 6, right: FRAME.right - 6, top: FRAME.top, bottom: FRAME.bottom },
    autosize: 'none',
    background: '#ffffff',
    config,
    signals: createInteractions(span, interactive),
    data: [...inside, ...outside].map(({ data }) => data),
    scales: [timeScale, ...parts.flatMap(({ scales }) => scales)],
    axes: [...createTimeAxes(panels, height), ...parts.flatMap(({ axes }) => axes)],
    marks: [
      clip(
        inside.map(({ mark }) => mark),
        height,
      ),
      ...outside.map(({ mark }) => mark),
    ],
  };
}
