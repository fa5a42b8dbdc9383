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

/** A Deployment or a ReplicaSet. */
export interface Controller extends KubernetesObject {
  readonly spec: {
    readonly replicas?: number;
    readonly selector: LabelSelector;
    readonly minReadySeconds?: number;
    readonly progressDeadlineSeconds?: number;
    readonly paused?: boolean;
    readonly strategy?: {
      readonly type?: string;
      readonly rollingUpdate?: {
        readonly maxSurge?: number | string;
        readonly maxUnavailable?: number | string;
      };
    };
    readonly template: PodTemplate;
  };
  readonly status?: {
    readonly observedGeneration?: number;
    readonly replicas?: number;
    readonly updatedReplicas?: number;
    readonly readyReplicas?: number;
    readonly availableReplicas?: number;
    readonly conditions?: readonly Condition[];
  };
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
/** Returns whether an object is a Deployment or a ReplicaSet. */
export const isController = (object: KubernetesObject): object is Controller =>
  object.kind === 'Deployment' || object.kind === 'ReplicaSet';
/** Returns whether an object is a Kubernetes event. */
export const isClusterEvent = (object: KubernetesObject): object is ClusterEvent => object.kind === 'Event';

/** Returns whether a value is an object with a name, rather than a `Status` or a bookmark. */
export function isNamed(value: unknown): value is KubernetesObject {
  if (typeof value !== 'object' || value === null || !('metadata' in value)) return false;
  const { metadata } = value;
  return typeof metadata === 'object' && metadata !== null && 'name' in metadata && 'uid' in metadata;
}

/** Returns the reference to the controller of an object. */
export const controllerOf = ({ metadata }: KubernetesObject): OwnerReference | undefined =>
  metadata.ownerReferences?.find(({ controller }) => controller);

/** Returns the containers of a pod, or of a controller's template. */
export const containersOf = (workload: WorkloadObject): PodSpec['containers'] =>
  (isPod(workload) ? workload : workload.spec.template).spec.containers;
