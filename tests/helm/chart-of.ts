import type { TObject } from '@sinclair/typebox';
import { HelmChart, type HelmChartProps } from '@online-inference/cdk8s-helm';

/** A chart of which nothing matters but its values and what is made of them. */
export function chartOf<S extends TObject>(values: S, make: HelmChartProps<S>['make']): HelmChart<S> {
  return new HelmChart({ name: 'x', description: 'x', version: '1.0.0', appVersion: '1', values, make });
}
