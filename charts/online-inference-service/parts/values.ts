import type { ValuesOf } from '@online-inference/cdk8s-helm';
import type { ChartValues } from '../values';

/** The values of the bonus chart, or references to them. */
export type ServiceValues = ValuesOf<ChartValues>;
