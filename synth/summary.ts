import type { InferenceChart } from '../constructs/inference-chart';
import type { Settings } from '../settings';
import { predictedSituation } from './predicted';

/** A line for each file that was written: what it is for, and what a new image is predicted to do to its pods. */
export function summary(charts: readonly InferenceChart[], settings: Settings): string {
  const rows = [
    ['file', 'purpose', 'a new image, predicted'],
    ...charts.map((chart) => [
      `dist/${chart.node.id}.yaml`,
      chart.purpose,
      predictedSituation(chart, settings),
    ]),
  ];
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')).join('\n');
}
