import type { Result } from './results';
import { isMet, ratioOf, spreadOf, valuesOf } from './spread';
import {
  withUnit,
  type Aim,
  type Comparison,
  type Measure,
  type Row,
  type Spread,
  type Topic,
} from './topic';

/** Three digits, and never an exponent. */
export function figure(value: number): string {
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value) || 1)));
  return Number(value.toFixed(digits)).toLocaleString('en-US', { maximumFractionDigits: digits });
}

const spread = ({ median, min, max }: Spread): string => `${figure(median)} (${figure(min)}–${figure(max)})`;

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');

/** A line for each aim: what was measured, and whether that is enough. */
export function aimsTable(aims: readonly Aim[]): string {
  return table(
    ['aim', 'limit', 'measured: median (min–max)', 'met', 'what is to be known'],
    aims.map((aim) => [
      aim.what,
      `${aim.better === 'lower' ? 'at most' : 'at least'} ${inUnit(figure(aim.limit), aim.unit)}`,
      inUnit(spread(aim.measured), aim.unit),
      isMet(aim) ? 'yes' : '**no**',
      aim.because ?? '',
    ]),
  );
}

const inUnit = (text: string, unit: string): string => `${text} ${unit}`;

/** The contenders of a comparison: each measure, and its ratio to the base's of the same round. */
export function comparisonTable(comparison: Comparison): string {
  const { measures, rows, base } = comparison;
  const cells = (row: Row, measure: Measure): string[] =>
    row.absent !== undefined || row.runs.length === 0
      ? [row.absent ?? 'not measured', '']
      : [
          spread(spreadOf(valuesOf(comparison, measure.id, row.name))),
          row.name === base ? '1' : ratio(comparison, measure.id, row.name),
        ];
  const rounds = Math.max(...rows.map(({ runs }) => runs.length));
  return table(
    [
      rounds === 1 ? '1 round' : `${rounds} rounds`,
      ...measures.flatMap((measure) => [withUnit(measure), `÷ ${base}`]),
    ],
    rows.map((row) => [
      row.ours ? `**${row.name}**` : row.name,
      ...measures.flatMap((measure) => cells(row, measure)),
    ]),
  );
}

/** Nothing where the base was not measured, or is 0 in some round. */
function ratio(comparison: Comparison, measure: string, name: string): string {
  if (!comparison.rows.find((row) => row.name === comparison.base)?.runs.length) return '';
  const ratios = ratioOf(comparison, measure, name, comparison.base);
  return Object.values(ratios).every(Number.isFinite) ? spread(ratios) : '';
}

/**
 * A topic's part of the report.
 *
 * @param pictures the ends of their names; one that is a comparison's id stands with it, others before all
 */
export function topicSection(topic: Topic, result: Result, pictures: readonly string[]): string {
  const { comparisons, machine, versions } = result;
  const picture = (title: string, end: string): string => `![${title}](benchmarks/${topic.id}-${end}.svg)`;
  const ofAll = pictures.filter((end) => !comparisons.some(({ id }) => id === end));
  return [
    topic.method.trim(),
    ...ofAll.map((end) => picture(topic.title, end)),
    ...comparisons.flatMap((comparison) => [
      `### ${comparison.title}`,
      ...(comparison.note ? [comparison.note.trim()] : []),
      ...(pictures.includes(comparison.id) ? [picture(comparison.title, comparison.id)] : []),
      comparisonTable(comparison),
    ]),
    'Median (min–max) of the rounds, in each of which every contender runs once; a ratio is of the runs of one round. ' +
      `${machine.day}, ${machine.cores} cores of ${machine.cpu}, ${machine.memoryGiB} GiB, ${machine.system}, ` +
      `${[`Node.js ${machine.node}`, ...Object.entries(versions).map((entry) => entry.join(' '))].join(', ')}. ` +
      `All runs: [bench/results/${topic.id}.json](../bench/results/${topic.id}.json).`,
  ].join('\n\n');
}
