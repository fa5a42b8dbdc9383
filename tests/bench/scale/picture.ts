import type { GroupMark, Spec } from 'vega' with { 'resolution-mode': 'import' };
import { spreadOf, valuesOf } from '../frame/spread';
import type { Comparison, Measure } from '../frame/topic';

const FONT = "'IBM Plex Sans', 'Segoe UI', 'Helvetica Neue', Arial, sans-serif";
const SIZE = { width: 300, height: 260, gap: 90 };
const COLOURS = ['#0072b2', '#56b4e9', '#cc79a7', '#8a5c00'];
const INK = { text: '#1f2328', line: '#d1d9e0', grid: '#eaeef2' };

interface Point {
  readonly copies: number;
  readonly name: string;
  readonly median: number;
}

/** Medians by the number of copies, a panel a measure; both scales are logarithmic, so that linear growth is a slope of 1. */
export function scaleSpec(comparisons: readonly Comparison[]): Spec {
  const [first] = comparisons;
  const measures = first?.measures ?? [];
  const names = first?.rows.map(({ name }) => name) ?? [];
  return {
    $schema: 'https://vega.github.io/schema/vega/v6.json',
    background: '#ffffff',
    padding: 12,
    width: measures.length * SIZE.width + (measures.length - 1) * SIZE.gap,
    height: SIZE.height,
    autosize: 'pad',
    config: {
      text: { font: FONT },
      axis: { labelFont: FONT, titleFont: FONT },
      legend: { labelFont: FONT },
    },
    scales: [{ name: 'colour', type: 'ordinal', domain: names, range: COLOURS }],
    legends: [
      { stroke: 'colour', orient: 'top', direction: 'horizontal', symbolType: 'stroke', symbolSize: 300 },
    ],
    marks: measures.map((measure, index) => panel(comparisons, measure, index * (SIZE.width + SIZE.gap))),
  };
}

/** How many copies a comparison is of, which its id says. */
export const copiesOf = ({ id }: Comparison): number => Number(id.replace('copies-', ''));

function pointsOf(comparisons: readonly Comparison[], measure: Measure): Point[] {
  return comparisons.flatMap((comparison) =>
    comparison.rows
      .filter(({ runs }) => runs.length > 0)
      .map(({ name }) => ({
        copies: copiesOf(comparison),
        name,
        median: spreadOf(valuesOf(comparison, measure.id, name)).median,
      })),
  );
}

function panel(comparisons: readonly Comparison[], measure: Measure, x: number): GroupMark {
  const values = pointsOf(comparisons, measure);
  const log = { type: 'log' as const, nice: true };
  const axis = { domainColor: INK.line, tickColor: INK.line, labelColor: INK.text, titleColor: INK.text };
  const at = {
    x: { scale: 'copies', field: 'copies' },
    y: { scale: 'value', field: 'median' },
    stroke: { scale: 'colour', field: 'name' },
  };
  return {
    type: 'group',
    encode: { enter: { x: { value: x }, width: { value: SIZE.width }, height: { value: SIZE.height } } },
    data: [{ name: 'points', values }],
    scales: [
      { ...log, name: 'copies', domain: { data: 'points', field: 'copies' }, range: [0, SIZE.width] },
      { ...log, name: 'value', domain: { data: 'points', field: 'median' }, range: [SIZE.height, 0] },
    ],
    axes: [
      {
        ...axis,
        orient: 'bottom',
        scale: 'copies',
        values: comparisons.map(copiesOf),
        format: ',',
        title: 'copies',
        titleFontWeight: 400,
      },
      {
        ...axis,
        orient: 'left',
        scale: 'value',
        grid: true,
        gridScale: 'copies',
        gridColor: INK.grid,
        format: ',',
        tickCount: 5,
        title: `${measure.title}, ${measure.unit}`,
        titleFontWeight: 400,
      },
    ],
    marks: [
      {
        type: 'group',
        from: { facet: { name: 'line', data: 'points', groupby: 'name' } },
        marks: [
          {
            type: 'line',
            from: { data: 'line' },
            encode: { enter: { ...at, strokeWidth: { value: 2 } } },
          },
          {
            type: 'symbol',
            from: { data: 'line' },
            encode: { enter: { ...at, fill: { value: '#ffffff' }, strokeWidth: { value: 2 } } },
          },
        ],
      },
    ],
  };
}
