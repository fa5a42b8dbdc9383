import { Duration } from 'cdk8s';
import { Probe, type ContainerProps } from 'cdk8s-plus-27';
import { plus, times } from '@online-inference/cdk8s-helm';
import { HTTP_PORT } from './http-port';

const STARTUP_PERIOD_SECONDS = 1;
/** A start may take this many times as long as the latest one known: a throttled CPU, a slow disk. */
const STARTUP_MARGIN = 2;

const LIVENESS_PERIOD_SECONDS = 5;
const LIVENESS_TIMEOUT_SECONDS = 2;
const LIVENESS_FAILURES = 3;

/**
 * How long a container that fails its liveness probe may take to end. A hung process ignores
 * SIGTERM, so without it the kill would wait for the pod's grace period, which is made for draining.
 *
 * @see https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#probe-level-terminationgraceperiodseconds
 */
export const HANG_GRACE_SECONDS = 5;

/**
 * The longest from the moment a process hangs to the moment it is killed: it hangs just
 * after a probe, and the next ones fail.
 */
export const HANG_TO_KILL_SECONDS =
  LIVENESS_FAILURES * LIVENESS_PERIOD_SECONDS + LIVENESS_TIMEOUT_SECONDS + HANG_GRACE_SECONDS;

/**
 * The probes of a container that may start late.
 *
 * - startup holds the other two back until the first answer. A container dies at the Nth failed
 *   probe, between N-1 and N periods after its start, so N-1 periods bear the latest start with margin.
 * - readiness asks every second: a pod gets traffic within a second of being able to serve it,
 *   and loses it within three of refusing it, or four of hanging: each probe has a second to be answered.
 * - liveness restarts a process that hangs. One that exits is restarted without any probe.
 *
 * @param latestStart the latest that the process is known to answer after its start
 * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/kubelet/prober/worker.go
 */
export function inferenceProbes(
  latestStart: Duration,
): Required<Pick<ContainerProps, 'startup' | 'readiness' | 'liveness'>> {
  return {
    startup: Probe.fromHttpGet('/livez', {
      port: HTTP_PORT,
      periodSeconds: Duration.seconds(STARTUP_PERIOD_SECONDS),
      failureThreshold: plus(times(latestStart.toSeconds(), STARTUP_MARGIN / STARTUP_PERIOD_SECONDS), 1),
    }),
    readiness: Probe.fromHttpGet('/readyz', {
      port: HTTP_PORT,
      periodSeconds: Duration.seconds(1),
      failureThreshold: 3,
    }),
    liveness: Probe.fromHttpGet('/livez', {
      port: HTTP_PORT,
      periodSeconds: Duration.seconds(LIVENESS_PERIOD_SECONDS),
      timeoutSeconds: Duration.seconds(LIVENESS_TIMEOUT_SECONDS),
      failureThreshold: LIVENESS_FAILURES,
    }),
  };
}
