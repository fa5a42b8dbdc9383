import type { IntOrPercent } from '../rules/fenceposts';

/** When a kubelet asks a container, with Kubernetes' defaults filled in. Units: seconds. */
export interface Probe {
  readonly initialDelaySeconds: number;
  readonly periodSeconds: number;
  readonly timeoutSeconds: number;
  readonly successThreshold: number;
  readonly failureThreshold: number;
  readonly terminationGracePeriodSeconds?: number;
}

export interface ContainerSpec {
  readonly name: string;
  readonly image: string;
  readonly env: Readonly<Record<string, string>>;
  readonly startup?: Probe;
  readonly readiness?: Probe;
  readonly liveness?: Probe;
  /** How long its `preStop` hook sleeps. */
  readonly preStopSeconds: number;
}

/** CPUs and bytes. */
export interface Resources {
  readonly cpu: number;
  readonly memory: number;
}

export interface PodTemplate {
  /** Two templates are the same when their keys are. */
  readonly key: string;
  /** The image of its first container. */
  readonly image: string;
  readonly containers: readonly ContainerSpec[];
  readonly initContainers: number;
  readonly graceSeconds: number;
  readonly restarts: boolean;
  readonly requests: Resources;
  readonly annotations: Readonly<Record<string, string>>;
}

/** A workload with Kubernetes' defaults filled in. */
export interface WorkloadSpec {
  readonly apiVersion: string;
  readonly kind: 'Deployment' | 'ReplicaSet' | 'Pod';
  readonly name: string;
  readonly namespace?: string;
  readonly replicas: number;
  readonly minReadySeconds: number;
  readonly strategy: {
    readonly type: 'RollingUpdate' | 'Recreate';
    readonly maxSurge: IntOrPercent;
    readonly maxUnavailable: IntOrPercent;
  };
  readonly progressDeadlineSeconds: number;
  readonly paused: boolean;
  readonly template: PodTemplate;
}
