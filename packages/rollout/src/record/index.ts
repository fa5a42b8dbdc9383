export type { WorkloadKind } from '../rules/kinds';
export { ApiError } from './api-error';
export { Cluster, type ClusterOptions } from './cluster';
export type { LoadGenerator, LoadOptions } from './load-generator';
export { createWorkload, type WorkloadName } from './make-change';
export { record, type RecordOptions } from './record';
export { type LivePod, type WatchEvent, type Recording } from './recording';
export { Session, type SessionOptions } from './session';
