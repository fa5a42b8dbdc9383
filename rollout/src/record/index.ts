export { ApiError } from './api-error';
export { Cluster, type ClusterOptions } from './cluster';
export { jsonPatch } from './json-patch';
export type { Workload, WorkloadKind } from './objects';
export { createWorkload, findWorkload, makeChange, readWorkload, type WorkloadName } from './make-change';
export { record, type RecordOptions } from './record';
export type { LoadOptions } from './load';
export { Recording, type Observation } from './recording';
export { Session, type SessionOptions } from './session';
