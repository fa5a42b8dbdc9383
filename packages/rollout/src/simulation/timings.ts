/** How long the parts of a cluster take, in seconds unless a name says otherwise. */
export interface Timings {
  /** A write to the API server that has nothing else to do. */
  readonly write: number;
  /** What a write keeps the API server from the next one. */
  readonly serve: number;
  /** From a write until those who watch know of it. */
  readonly watch: number;
  /** The scheduler's work on one pod; it works on one at a time. */
  readonly schedule: number;
  /** From a pod's arrival on its node until its first container's process runs, its image being there. */
  readonly containerStart: number;
  /** From a container's end until its successor's process runs, back-off aside. */
  readonly containerRestart: number;
  /** How often the kubelet looks at what the container runtime does. 0 for at once. */
  readonly relist: number;
  /** From the end of a deleted pod's last container until the pod is gone. */
  readonly cleanup: number;
  /** Requests a second of each controller: `kube-controller-manager --kube-api-qps`. */
  readonly controllerQps: number;
  /** Requests at once of each controller: `--kube-api-burst`. */
  readonly controllerBurst: number;
  /** Requests a second of the scheduler. */
  readonly schedulerQps: number;
  /** Requests at once of the scheduler. */
  readonly schedulerBurst: number;
}

/**
 * Kubernetes' own limits, and what a small node takes for the rest.
 *
 * @see https://kubernetes.io/docs/reference/command-line-tools-reference/kube-controller-manager/
 */
export const defaultTimings: Timings = {
  write: 0.005,
  serve: 0.001,
  watch: 0.003,
  schedule: 0.003,
  containerStart: 0.8,
  containerRestart: 0.3,
  relist: 1,
  cleanup: 0.9,
  controllerQps: 20,
  controllerBurst: 30,
  schedulerQps: 50,
  schedulerBurst: 100,
};

/** How a container's process behaves. Units: seconds. */
export interface Behaviour {
  /**
   * From the process's start until it has set itself up. Until then it answers nothing and,
   * as process 1 of its container, is deaf to SIGTERM: its end waits for the grace period.
   *
   * @default 0
   * @see https://man7.org/linux/man-pages/man7/pid_namespaces.7.html
   */
  readonly boot: number;
  /** From then until it answers its probes. @default 0 */
  readonly startDelay: number;
  /** From the process's start until it exits by itself. @default never */
  readonly crashAfter?: number;
  /** From the process's start until it answers no more, and ignores SIGTERM. @default never */
  readonly hangAfter?: number;
  /** From SIGTERM until it exits. @default 0 */
  readonly drain: number;
}
