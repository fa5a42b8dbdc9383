import type { InferenceChart } from '../constructs/inference-chart';

/** A line for each file that was written, with what it is for. */
export function summary(charts: readonly InferenceChart[]): string {
  const rows = charts.map((chart) => [`dist/${chart.node.id}.yaml`, chart.purpose] as const);
  const width = Math.max(...rows.map(([file]) => file.length));
  return rows.map(([file, purpose]) => `${file.padEnd(width)}  ${purpose}`).join('\n');
}
