export { HelmChart, type ChartMetadata, type HelmChartProps } from './helm-chart';
export { LinearApp } from './linear-app';
export {
  given,
  not,
  optional,
  or,
  plus,
  prefixed,
  present,
  times,
  when,
  withDefault,
  type Flag,
} from './operators';
export { namedMap, namedNumber, releaseValues, sha256, type Release, type Shared } from './release';
export { defaultsOf, each, type ValuesOf } from './values';
export { valuesTable } from './values-files';
