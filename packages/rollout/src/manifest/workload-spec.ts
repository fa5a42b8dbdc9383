import type { IntOrPercent } from '../rules/fenceposts.ts';
import type { WorkloadKind } from '../rules/kinds.ts';

/** A probe with the defaults of Kubernetes filled in. Times are in seconds. */
export interface Probe {
  readonly initialDelaySeconds: number;
  readonly periodSeconds: number;
  readonly timeoutSeconds: number;
  readonly successThreshold: number;
  readonly failureThreshold: number;
  /** Grace period of a container that this probe kills. @default that of the pod */
  readonly terminationGracePeriodSeconds?: number;
}

/** A container with the defaults of Kubernetes filled in. */
export interface ContainerSpec {
  readonly name: string;
  readonly image: string;
  readonly env: Readonly<Record<string, string>>;
  readonly startup?: Probe;
  readonly readiness?: Probe;
  readonly liveness?: Probe;
  /** How long its `preStop` hook sleeps, in seconds. */
  readonly preStopSeconds: number;
}

/** Resources that a pod requests. */
export interface Resources {
  /** CPUs. */
  readonly cpu: number;
  /** Bytes. */
  readonly memory: number;
}

/** A pod template with the defaults of Kubernetes filled in. */
export interface PodTemplate {
  /** Equal for equal templates only. */
  readonly key: string;
  /** Image of the first container. */
  readonly image: string;
  readonly containers: readonly ContainerSpec[];
  /** Number of init containers. */
  readonly initContainers: number;
  /** Grace period of its termination, in seconds. */
  readonly graceSeconds: number;
  /** Whether a container that exits is restarted. */
  readonly restarts: boolean;
  readonly requests: Resources;
  readonly annotations: Readonly<Record<string, string>>;
}

/** A workload with the defaults of Kubernetes filled in. */
export interface WorkloadSpec {
  readonly apiVersion: string;
  readonly kind: WorkloadKind;
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
