import type { IntOrPercent } from '../rules/fenceposts.ts';
import type { WorkloadKind } from '../rules/kinds.ts';
import type { Placement } from './placement.ts';

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
  /** True when it declares a port. */
  readonly hasPort: boolean;
  readonly requests: Resources;
  readonly limits: Resources;
  readonly startup?: Probe;
  readonly readiness?: Probe;
  readonly liveness?: Probe;
  /** How long its `preStop` hook takes, in seconds; Infinity for a hook that does not end by itself. */
  readonly preStopSeconds: number;
  /** How long its `postStart` hook takes, in seconds. */
  readonly postStartSeconds: number;
}

/** An init container with the defaults of Kubernetes filled in. */
export interface InitContainerSpec extends ContainerSpec {
  /** True with `restartPolicy: Always`: it runs beside the containers, until the pod ends. */
  readonly sidecar: boolean;
}

/** Resources by name: `cpu` in CPUs, `memory` in bytes, others such as `nvidia.com/gpu` in their own unit. */
export type Resources = Readonly<Record<string, number>>;

/** A pod template with the defaults of Kubernetes filled in. */
export interface PodTemplate {
  /** Equal for equal templates only. */
  readonly key: string;
  /** Image of the first container. */
  readonly image: string;
  readonly containers: readonly ContainerSpec[];
  /** In the order in which they start. */
  readonly initContainers: readonly InitContainerSpec[];
  /** Grace period of its termination, in seconds. */
  readonly graceSeconds: number;
  /** Whether a container that fails is restarted. */
  readonly restarts: boolean;
  /** What the scheduler reserves. */
  readonly requests: Resources;
  readonly limits: Resources;
  readonly placement: Placement;
  /** Condition types of its readiness gates. */
  readonly readinessGates: readonly string[];
  readonly annotations: Readonly<Record<string, string>>;
  /** What its lifecycle hooks do that is not known: one sentence each, with the path in the pod's spec first. */
  readonly unknownHooks: readonly string[];
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
    readonly type: 'RollingUpdate' | 'Recreate' | 'OnDelete';
    readonly maxSurge: IntOrPercent;
    readonly maxUnavailable: IntOrPercent;
    /** Of a StatefulSet; undefined without `rollingUpdate`. */
    readonly partition?: number;
    /** True for a StatefulSet whose manifest has `maxUnavailable`. */
    readonly countsUnavailable?: boolean;
  };
  /** First ordinal of a StatefulSet. */
  readonly startOrdinal: number;
  /** True for a StatefulSet with `podManagementPolicy: Parallel`. */
  readonly parallel: boolean;
  readonly progressDeadlineSeconds: number;
  readonly paused: boolean;
  readonly template: PodTemplate;
}
