export { compare, type CompareOptions, type Comparison } from './compare/compare.ts';
export { describeComparison } from './compare/describe.ts';
export type { Step } from './compare/measures.ts';
export type { Pair } from './compare/pair.ts';
export { describeTimeline } from './draw/describe-timeline.ts';
export { InputError } from './errors/input-error.ts';
export type { ChangeRequest } from './manifest/change.ts';
export type { Manifest } from './manifest/workload.ts';
export type { WorkloadSpec } from './manifest/workload-spec.ts';
export type { BehaviourOptions, ByVersion } from './predict/behaviours.ts';
export { predict } from './predict/draws.ts';
export type { PredictOptions } from './predict/options.ts';
export { predictOnce } from './predict/predict.ts';
export { predictAll, type Predictions } from './predict/several.ts';
export { resolveFenceposts, type Fenceposts, type IntOrPercent } from './rules/fenceposts.ts';
export { blueGreenViolations, rollingViolations, type RolloutSpec } from './rules/guarantees.ts';
export type { WorkloadKind } from './rules/kinds.ts';
export { createRandom, type Random } from './simulation/random.ts';
export type { Capacity } from './simulation/node.ts';
export { defaultTimings, type Timings } from './simulation/timings.ts';
export { situations } from './situations/index.ts';
export {
  check,
  findings,
  situationNames,
  type CheckOptions,
  type Outcome,
  type Verdict,
} from './situations/check.ts';
export type { Finding, Situation } from './situations/situation.ts';
export { availablePods, existingPods, fewestOf, livePods, mostOf, readyPods } from './timeline/counts.ts';
export type { ClusterInfo, Gap, Load, Prediction, WorkloadEvent } from './timeline/observations.ts';
export { parseTimeline } from './timeline/parse.ts';
export {
  TIMELINE_API_VERSION,
  type Counts,
  type End,
  type Lane,
  type PodState,
  type Sample,
  type Timeline,
  type Version,
} from './timeline/timeline.ts';
export type { DrawnVerdict, ReadyRange } from './timeline/verdicts.ts';
export type { Change, Workload } from './timeline/workload.ts';
