/** A ReplicaSet as one watch event has it. */
export interface SetVersion {
  readonly spec: number;
  readonly version: number;
  readonly replicas: number;
  readonly available: number;
}

/** Which ReplicaSet. */
export type Name = 'old' | 'new';
type Sets = Partial<Record<Name, SetVersion>>;

/** A sync of the ReplicaSet controller that has begun. */
interface PodSync {
  readonly creates: number;
  readonly deletes: number;
  /** The status that it writes at its end, from the pods that it read at its begin. */
  readonly replicas: number;
  readonly available: number;
}

/** A write of a sync of the Deployment controller that has begun. */
export type Write = readonly [name: Name, to: number, version: number | undefined];

/** The cluster with all queues. */
export interface Cluster {
  readonly stored: Sets;
  readonly cached: Sets;
  /** Watch events that the informer of ReplicaSets has yet to deliver, in order. */
  readonly setEvents: readonly (readonly [Name, SetVersion])[];
  readonly pods: Pods;
  /** Pods in the informer's cache: active pods of each set, and ready new ones. */
  readonly known: Record<Name | 'ready', number>;
  readonly podEvents: readonly ('created' | 'ready' | 'deleted')[];
  /** Creations and deletions that the ReplicaSet controller expects to see. */
  readonly expected: Record<Name, number>;
  readonly syncs: Readonly<Record<Name, PodSync | undefined>>;
  readonly deployment: readonly Write[];
  /** Keys in the work queues. */
  readonly queued: Readonly<Record<Name | 'deployment', boolean>>;
}

interface Pods {
  readonly old: number;
  readonly ending: number;
  readonly new: number;
  readonly ready: number;
}
