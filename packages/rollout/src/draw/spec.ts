import type { Axis, Spec } from 'vega' with { 'resolution-mode': 'import' };
import { InputError } from '../errors/input-error';
import type { Timeline } from '../timeline/timeline';
import { interactions } from './interactions';
import { lanePart } from './lane-part';
import { FONT, FRAME, panelsOf, spanOf, type Panel } from './layout';
import { legendRows } from './legend';
import { loadPart } from './load-part';
import { texts } from './marks';
import { INK } from './palette';
import { table } from './part';
import { readyPart } from './ready-part';
import { readyRows } from './ready-rows';
import type { Place } from './rows';
import { changeOf, outcomeOf, titleOf } from './words';

export const FONT_STACK = "'IBM Plex Sans', 'Segoe UI', 'Helvetica Neue', Arial, sans-serif";

export interface PictureOptions {
  /** Zoom with the wheel, move by dragging. @default false */
  readonly interactive?: boolean;
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
