export { ApiError } from './api-error';
export { Cluster, type ClusterOptions } from './cluster';
export { jsonPatch } from './json-patch';
export type { Workload, WorkloadKind } from './objects';
export { record, readWorkload, type PlannedChange, type RecordOptions, type WorkloadName } from './record';
export { Recording, type Observation } from './recording';
export { Session, type SessionOptions } from './session';
