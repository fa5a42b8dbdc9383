import type { LabelSelector } from '../manifest/selector.ts';

/** Metadata of an object. Like all types here, it has only the fields that a recording reads. */
interface ObjectMeta {
  readonly name: string;
  readonly uid: string;
  readonly namespace?: string;
  readonly resourceVersion?: string;
  readonly generation?: number;
  readonly creationTimestamp?: string;
  readonly deletionTimestamp?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly ownerReferences?: readonly OwnerReference[];
}

interface OwnerReference {
  readonly kind: string;
  readonly uid: string;
  readonly controller?: boolean;
}

/** Any object that the API server sends. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMeta;
}

/** A condition in the status of an object. */
export interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
  readonly lastTransitionTime?: string;
}

/** The status of one container of a pod. */
interface ContainerStatus {
  readonly containerID?: string;
  readonly restartCount?: number;
  readonly state?: {
    readonly waiting?: { readonly reason?: string };
    readonly running?: object;
    readonly terminated?: object;
  };
  readonly lastState?: { readonly terminated?: object };
}

/** The spec of a pod. */
export interface PodSpec {
  readonly nodeName?: string;
  readonly containers: readonly {
    readonly name: string;
    readonly image: string;
    readonly ports?: readonly { readonly containerPort: number }[];
    readonly readinessProbe?: object;
  }[];
}

/** A pod. */
export interface Pod extends KubernetesObject {
  readonly spec: PodSpec;
  readonly status?: {
    readonly phase?: string;
    readonly conditions?: readonly Condition[];
    readonly containerStatuses?: readonly ContainerStatus[];
  };
}

/** The pod template of a controller. */
export interface PodTemplate {
  readonly metadata?: Pick<ObjectMeta, 'labels' | 'annotations'>;
  readonly spec: PodSpec;
}

/** Limits of a rolling update. */
interface RollingUpdate {
  readonly maxSurge?: number | string;
  readonly maxUnavailable?: number | string;
  readonly partition?: number;
}

/** A Deployment, a ReplicaSet, a StatefulSet or a DaemonSet. */
export interface Controller extends KubernetesObject {
  readonly spec: {
    readonly replicas?: number;
    readonly selector: LabelSelector;
    readonly minReadySeconds?: number;
    readonly progressDeadlineSeconds?: number;
    readonly paused?: boolean;
    readonly strategy?: {
      readonly type?: string;
      readonly rollingUpdate?: RollingUpdate;
    };
    readonly updateStrategy?: { readonly type?: string; readonly rollingUpdate?: RollingUpdate };
    readonly podManagementPolicy?: string;
    readonly template: PodTemplate;
  };
  readonly status?: {
    readonly observedGeneration?: number;
    readonly replicas?: number;
    readonly updatedReplicas?: number;
    readonly readyReplicas?: number;
    readonly availableReplicas?: number;
    readonly desiredNumberScheduled?: number;
    readonly updatedNumberScheduled?: number;
    readonly numberAvailable?: number;
    readonly conditions?: readonly Condition[];
  };
}

/** One revision of the pod template of a StatefulSet or DaemonSet. */
export interface ControllerRevision extends KubernetesObject {
  readonly data?: { readonly spec?: { readonly template?: PodTemplate } };
}

/** A Kubernetes event. */
export interface ClusterEvent extends KubernetesObject {
  readonly involvedObject: { readonly kind: string; readonly name: string; readonly uid?: string };
  readonly type?: string;
  readonly reason?: string;
  readonly message?: string;
  readonly count?: number;
}

/** An object whose rollout can be recorded. */
export type WorkloadObject = Controller | Pod;

/** Returns whether an object is a Pod. */
export const isPod = (object: KubernetesObject): object is Pod => object.kind === 'Pod';
/** Returns whether an object is a workload other than a Pod. */
export const isController = (object: KubernetesObject): object is Controller =>
  ['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet'].includes(object.kind);
/** Returns whether an object is a ControllerRevision. */
export const isControllerRevision = (object: KubernetesObject): object is ControllerRevision =>
  object.kind === 'ControllerRevision';
/** Returns whether an object is a Kubernetes event. */
export const isClusterEvent = (object: KubernetesObject): object is ClusterEvent => object.kind === 'Event';

/** Returns whether a value is an object with a name, rather than a `Status` or a bookmark. */
export function isNamed(value: unknown): value is KubernetesObject {
  if (typeof value !== 'object' || value === null || !('metadata' in value)) return false;
  const { metadata } = value;
  return typeof metadata === 'object' && metadata !== null && 'name' in metadata && 'uid' in metadata;
}

/** Returns how many pods a workload asks for: the nodes of a DaemonSet. */
export function replicasOf(workload: WorkloadObject): number {
  if (isPod(workload)) return 1;
  return workload.kind === 'DaemonSet'
    ? (workload.status?.desiredNumberScheduled ?? 0)
    : (workload.spec.replicas ?? 1);
}

/** Returns the reference to the controller of an object. */
export const controllerOf = ({ metadata }: KubernetesObject): OwnerReference | undefined =>
  metadata.ownerReferences?.find(({ controller }) => controller);

/** Returns the containers of a pod, or of a controller's template. */
export const containersOf = (workload: WorkloadObject): PodSpec['containers'] =>
  (isPod(workload) ? workload : workload.spec.template).spec.containers;
