/** Latencies and rate limits of a cluster. */
export interface Timings {
  /** Seconds that one transaction takes beside `serve`: a create is one, an update or a deletion two. @default 0.003 */
  readonly write: number;
  /** Seconds that the API server spends on one transaction before the next. @default 0.0015 */
  readonly serve: number;
  /** Seconds from a write until watches deliver it. @default 0.002 */
  readonly watch: number;
  /** Seconds from a change of a container until the pod's worker in the kubelet has synced it. @default 0.015 */
  readonly sync: number;
  /** Seconds until the kubelet has read a pod whose status it writes, one pod at a time. @default 0.006 */
  readonly status: number;
  /** Seconds that the scheduler spends on one pod; it schedules one pod at a time. @default 0.003 */
  readonly schedule: number;
  /** Seconds from the assignment of a pod to its node until the first process runs; the image is on the node. @default 0.8 */
  readonly containerStart: number;
  /** Seconds from the end of a container until its successor runs, without back-off. @default 0.3 */
  readonly containerRestart: number;
  /** Seconds between two relists of the kubelet (PLEG); 0 detects changes immediately. @default 1 */
  readonly relist: number;
  /** Seconds from the end of a deleted pod's last container until the pod is removed. @default 0.9 */
  readonly cleanup: number;
  /** Seconds until the EndpointSlice controller has written a change of a pod. @default 0.01 */
  readonly endpoints: number;
  /** Seconds that kube-proxy takes to write its rules. @default 0.02 */
  readonly proxy: number;
  /** Seconds between two writes of kube-proxy's rules after the first two: `iptables.minSyncPeriod`. @default 1 */
  readonly proxyInterval: number;
  /**
   * Seconds that the ReplicaSet controller's check of availability may come late: 0 from Kubernetes 1.34 on, 1 before.
   *
   * @default 0
   * @see https://github.com/kubernetes/kubernetes/pull/132121
   */
  readonly availabilityDelay: number;
  /** Requests per second of each controller: `kube-controller-manager --kube-api-qps`. @default 20 */
  readonly controllerQps: number;
  /** Burst of requests of each controller: `kube-controller-manager --kube-api-burst`. @default 30 */
  readonly controllerBurst: number;
  /** Requests per second of the scheduler. @default 50 */
  readonly schedulerQps: number;
  /** Burst of requests of the scheduler. @default 100 */
  readonly schedulerBurst: number;
}

/**
 * The default rate limits of Kubernetes, and latencies measured on a small node.
 *
 * @see https://kubernetes.io/docs/reference/command-line-tools-reference/kube-controller-manager/
 */
export const defaultTimings: Timings = {
  write: 0.003,
  serve: 0.0015,
  watch: 0.002,
  sync: 0.015,
  status: 0.006,
  schedule: 0.003,
  containerStart: 0.8,
  containerRestart: 0.3,
  relist: 1,
  cleanup: 0.9,
  endpoints: 0.01,
  proxy: 0.02,
  proxyInterval: 1,
  availabilityDelay: 0,
  controllerQps: 20,
  controllerBurst: 30,
  schedulerQps: 50,
  schedulerBurst: 100,
};

/** Behaviour of a container's process. Units: seconds. */
export interface Behaviour {
  /** From the start of an init container until it exits. @default 0 */
  readonly init: number;
  /**
   * From the start of the process until its signal handlers are installed. Until then it answers no
   * probe and, as process 1 of its container, ignores SIGTERM: it ends with the grace period.
   *
   * @default 0
   * @see https://man7.org/linux/man-pages/man7/pid_namespaces.7.html
   */
  readonly boot: number;
  /** From the end of `boot` until the process answers its probes. @default 0 */
  readonly startDelay: number;
  /** From the start of the process until it exits by itself. @default - never */
  readonly crashAfter?: number;
  /** From the start of the process until it hangs: it answers nothing and ignores SIGTERM. @default - never */
  readonly hangAfter?: number;
  /** From SIGTERM until the process exits. @default 0 */
  readonly drain: number;
}
