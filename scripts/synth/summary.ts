import type { InferenceChart } from '../../constructs/inference-chart';
import type { Settings } from '../../settings';
import { predictedSituation } from './predicted';

/**
 * A line for each file that was written: what it is for, and what a new image is predicted to do to its pods.
 *
 * @param others what was written besides the charts, each with its purpose
 */
export function summary(
  charts: readonly InferenceChart[],
  settings: Settings,
  others: readonly (readonly [file: string, purpose: string])[] = [],
): string {
  const rows = [
    ['file', 'purpose', 'a new image, predicted'],
    ...charts.map((chart) => [
      `dist/${chart.node.id}.yaml`,
      chart.purpose,
      predictedSituation(chart, settings),
    ]),
    ...others,
  ];
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
