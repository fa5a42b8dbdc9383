import type { Axis, GroupMark, Spec, Title } from 'vega' with { 'resolution-mode': 'import' };
import { spreadOf } from './spread';
import { withUnit, type Comparison, type Measure } from './topic';

const FONT = "'IBM Plex Sans', 'Segoe UI', 'Helvetica Neue', Arial, sans-serif";
const COLOUR = { ours: '#0072b2', peer: '#8a5c00', line: '#d1d9e0', grid: '#eaeef2', text: '#1f2328' };
const ROW = 22;
const WIDTH = 520;
const TITLE = 34;
/** A scale that starts at 0 shows ratios as lengths; beyond this ratio the small ones would not be seen. */
const LOGARITHMIC_FROM = 30;

/**
 * The picture of a comparison: a panel a measure, a line a contender with a dot for each run and a bar at
 * the median. Ours are blue.
 *
 * @see https://vega.github.io/vega/docs/specification/
 */
export function comparisonSpec(comparison: Comparison): Spec {
  const rows = comparison.rows.filter(({ runs }) => runs.length > 0);
  const height = rows.length * ROW;
  return {
    $schema: 'https://vega.github.io/schema/vega/v6.json',
    background: '#ffffff',
    padding: 12,
    width: WIDTH,
    height: comparison.measures.length * (height + TITLE + 40),
    autosize: 'pad',
    config: { text: { font: FONT }, axis: { labelFont: FONT, titleFont: FONT }, title: { font: FONT } },
    scales: [
      { name: 'who', type: 'point', domain: rows.map(({ name }) => name), range: [0, height], padding: 0.5 },
    ],
    marks: comparison.measures.map((measure, index) =>
      panel(comparison, measure, { y: index * (height + TITLE + 40) + TITLE, height }),
    ),
  };
}

function panel(
  { rows, title }: Comparison,
  measure: Measure,
  { y, height }: { readonly y: number; readonly height: number },
): GroupMark {
  const values = rows.flatMap(({ name, ours, runs }) =>
    runs.map((run) => ({ name, ours, value: run[measure.id] ?? 0 })),
  );
  const medians = rows
    .filter(({ runs }) => runs.length > 0)
    .map(({ name, ours, runs }) => ({ name, ours, ...spreadOf(runs.map((run) => run[measure.id] ?? 0)) }));
  const all = values.map(({ value }) => value);
  const [least, most] = [Math.min(...all), Math.max(...all)];
  const logarithmic = least > 0 && most / least > LOGARITHMIC_FROM;
  const colour = [{ test: 'datum.ours', value: COLOUR.ours }, { value: COLOUR.peer }];
  const at = (field: string) => ({ scale: 'value', field });
  const who = { scale: 'who', field: 'name' };
  const axis: Partial<Axis> = { domainColor: COLOUR.line, tickColor: COLOUR.line, labelColor: COLOUR.text };
  const heading: Title = { text: title, anchor: 'start', fontSize: 13, color: COLOUR.text, offset: 10 };
  return {
    type: 'group',
    encode: { enter: { y: { value: y }, width: { value: WIDTH }, height: { value: height } } },
    ...(y === TITLE && { title: heading }),
    data: [
      { name: 'runs', values },
      { name: 'medians', values: medians },
    ],
    scales: [
      logarithmic
        ? { name: 'value', type: 'log', domain: [least, most], range: [0, WIDTH], nice: true }
        : { name: 'value', type: 'linear', domain: [0, most], range: [0, WIDTH], nice: true },
    ],
    axes: [
      {
        ...axis,
        orient: 'left',
        scale: 'who',
        domain: false,
        ticks: false,
        labelPadding: 8,
        labelLimit: 320,
      },
      {
        ...axis,
        orient: 'bottom',
        scale: 'value',
        grid: true,
        gridScale: 'who',
        gridColor: COLOUR.grid,
        tickCount: 6,
        format: ',',
        title: `${withUnit(measure)}${logarithmic ? ', logarithmic' : ''} (${measure.better} is better)`,
        titleColor: COLOUR.text,
        titleFontWeight: 400,
      },
    ],
    marks: [
      {
        type: 'rule',
        from: { data: 'medians' },
        encode: { enter: { x: at('min'), x2: at('max'), y: who, stroke: colour, strokeWidth: { value: 2 } } },
      },
      {
        type: 'symbol',
        from: { data: 'runs' },
        encode: {
          enter: { x: at('value'), y: who, fill: colour, size: { value: 24 }, opacity: { value: 0.4 } },
        },
      },
      {
        type: 'symbol',
        from: { data: 'medians' },
        encode: {
          enter: {
            x: at('median'),
            y: who,
            shape: { value: 'stroke' },
            angle: { value: 90 },
            stroke: colour,
            strokeWidth: { value: 3 },
            size: { value: 160 },
          },
        },
      },
    ],
  };
}
