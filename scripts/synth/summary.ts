import { findings, predict, type Manifest } from '@online-inference/rollout';
import { demoImage, type Settings } from '../../settings';
import type { RenderedChart } from './render';

const WORKLOADS: readonly unknown[] = ['Deployment', 'ReplicaSet', 'Pod'];

/** The situations that say how pods are replaced. Each rollout has at most one. */
const REPLACEMENTS: Readonly<Record<string, string>> = {
  'blue-green': 'blue-green: all old and all new ready at once',
  rolling: 'rolling: old go down while new come up',
  recreate: 'recreate: the old ends before the new starts',
  kept: 'kept: no pod is replaced',
};

/**
 * Returns a table with a row for each published chart: its file, its purpose, and the predicted
 * effect of an image change on its pods.
 *
 * @param helmCharts the file and the purpose of each Helm chart
 */
export function summary(
  charts: readonly RenderedChart[],
  settings: Settings,
  helmCharts: readonly (readonly [file: string, purpose: string])[] = [],
): string {
  const rows = [
    ['file', 'purpose', 'a new image, predicted'],
    ...charts.map((chart) => [`dist/${chart.file}`, chart.purpose, predictedReplacement(chart, settings)]),
    ...helmCharts,
  ];
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const padded = rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)));
  return padded.map((row) => row.join('  ').trimEnd()).join('\n');
}

/** Returns how an image change is predicted to replace a chart's pods; an empty string for a chart without a workload. */
function predictedReplacement({ file, objects }: RenderedChart, settings: Settings): string {
  const workload = objects.find(({ kind }: Manifest) => WORKLOADS.includes(kind));
  if (!workload) return '';
  const timeline = predict(workload, {
    // differs from both images: the Pod with probes already runs the demo image
    image: `${demoImage(settings)}-new`,
    behaviour: { startDelay: { new: settings.latestStartSeconds }, drain: settings.drainDelaySeconds },
    origin: file,
    draws: 5,
    load: 0,
  });
  const held = new Set(findings(timeline).flatMap(({ holds, expect }) => (holds ? [expect] : [])));
  const found = Object.entries(REPLACEMENTS).find(([situation]) => held.has(situation));
  const replacement = found?.[1] ?? 'none of the named situations';
  return held.has('no-outage') ? replacement : `${replacement}, with an outage`;
}
