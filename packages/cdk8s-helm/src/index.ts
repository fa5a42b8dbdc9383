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
export { ReferenceMisuse } from './references';
export {
  namedMap,
  namedNumber,
  namedText,
  releaseValues,
  sha256,
  type Release,
  type Shared,
} from './release';
export { defaultsOf, each, referencesTo, type ValuesOf } from './values';
export { declaredValues, valuesTable, type Declared } from './values-files';
