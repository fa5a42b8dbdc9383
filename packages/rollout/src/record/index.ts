export { applyChange } from '../manifest/change.ts';
export type { WorkloadKind } from '../rules/kinds.ts';
export { ApiError } from './api-error.ts';
export { Cluster, type ClusterOptions } from './cluster.ts';
export type { LoadGenerator, LoadOptions } from './load-generator.ts';
export { createWorkload, type WorkloadName } from './make-change.ts';
export { record, type RecordOptions } from './record.ts';
export { Recording, type LivePod, type WatchEvent } from './recording.ts';
export { Session, type SessionOptions } from './session.ts';
