export { compare, type CompareOptions, type Comparison, type Pair } from './compare/compare';
export { describeComparison } from './compare/describe';
export type { Step } from './compare/measures';
export { describeTimeline } from './draw/describe-timeline';
export { InputError } from './errors/input-error';
export type { ChangeRequest } from './manifest/change';
export type { Manifest } from './manifest/workload';
export type { WorkloadSpec } from './manifest/workload-spec';
export type { BehaviourOptions, ByVersion } from './predict/behaviours';
export { predict, type PredictOptions } from './predict/predict';
export { resolveFenceposts, type Fenceposts, type IntOrPercent } from './rules/fenceposts';
export { blueGreenViolations, rollingViolations, type RolloutSpec } from './rules/guarantees';
export type { WorkloadKind } from './rules/kinds';
export { createRandom, type Random } from './simulation/random';
export type { Capacity } from './simulation/scheduler';
export { defaultTimings, type Timings } from './simulation/timings';
export { situations } from './situations';
export { check, findings, situationNames, type Verdict } from './situations/check';
export type { Finding, Situation } from './situations/situation';
export { availablePods, existingPods, fewestOf, livePods, mostOf, readyPods } from './timeline/counts';
export type { ClusterInfo, Gap, Load, Prediction, WorkloadEvent } from './timeline/observations';
export { parseTimeline } from './timeline/parse';
export {
  TIMELINE_API_VERSION,
  type Counts,
  type End,
  type Lane,
  type PodState,
  type Sample,
  type Timeline,
  type Version,
} from './timeline/timeline';
export type { Change, Workload } from './timeline/workload';
