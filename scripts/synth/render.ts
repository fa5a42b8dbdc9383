import { Yaml } from 'cdk8s';
import type { Manifest } from '@online-inference/rollout';
import type { InferenceChart } from '../../constructs/inference-chart';

/** A chart's Kubernetes objects, and the file of `dist/` that holds them. */
export interface RenderedChart {
  /** Name of the file in `dist/`. */
  readonly file: string;
  /** One line about the chart. */
  readonly purpose: string;
  /** The chart's objects, each after those it depends on. */
  readonly objects: readonly Manifest[];
  /** The objects as YAML. */
  readonly content: string;
}

/**
 * Renders each chart of an app to Kubernetes objects and YAML, without writing a file.
 *
 * @throws Error if the validation of a construct finds an error
 */
export function render(charts: readonly InferenceChart[]): RenderedChart[] {
  return charts.map((chart) => {
    const objects = chart.toJson() as Manifest[];
    // `cdk8s synth --stdout` concatenates the files, so each has to start a YAML document
    const content = `---\n${Yaml.stringify(...objects)}`;
    return { file: `${chart.node.id}.yaml`, purpose: chart.purpose, objects, content };
  });
}
