import type { PodTemplate } from '../manifest/workload-spec';
import type { PodState } from '../timeline/timeline';

/** What the controllers' cache holds of a pod. */
export interface SeenPod {
  active: boolean;
  assigned: boolean;
  running: boolean;
  ready: boolean;
  /** In whole seconds of the wall clock, as the API server keeps it. */
  readySecond: number;
  restarts: number;
  /** Whether the ReplicaSet controller has counted it as available. */
  available: boolean;
}

export interface PodObject {
  readonly name: string;
  /** Random, and what decides between equals. */
  readonly uid: number;
  readonly template: PodTemplate;
  readonly revision: number;
  readonly owner: ReplicaSetObject | undefined;
  readonly createdAt: number;
  node: number | undefined;
  running: boolean;
  ready: boolean;
  readySecond: number;
  everReady: boolean;
  restarts: number;
  deleting: boolean;
  gone: boolean;
  readonly states: { at: number; state: PodState }[];
  readonly seen: SeenPod;
}

export interface ReplicaSetStatus {
  readonly replicas: number;
  readonly ready: number;
  readonly available: number;
  readonly observed: number;
}

/** A ReplicaSet as one read of it. */
export interface ReplicaSetView {
  readonly replicas: number;
  readonly minReadySeconds: number;
  /** The Deployment's replicas when it last scaled this set: its annotation `desired-replicas`. */
  readonly desired: number;
  /** The same with the surge: its annotation `max-replicas`. */
  readonly max: number;
  readonly generation: number;
  readonly version: number;
  readonly status: ReplicaSetStatus;
}

export interface ReplicaSetObject {
  readonly name: string;
  /** Its place in the order of creation. */
  readonly index: number;
  template: PodTemplate;
  revision: number;
  /** What the API server holds. */
  now: ReplicaSetView;
  /** What the controllers' cache holds; undefined until they have seen it. */
  seen: ReplicaSetView | undefined;
}
