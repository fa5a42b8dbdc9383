import { plus, times } from '@online-inference/cdk8s-helm';
import { Duration } from 'cdk8s';
import { Probe, type ContainerProps } from 'cdk8s-plus-27';
import { HTTP_PORT } from './image';

const STARTUP_PERIOD_SECONDS = 1;
/** A throttled CPU or a slow disk may delay a start beyond the longest one known. */
const STARTUP_MARGIN = 2;

const LIVENESS_PERIOD_SECONDS = 5;
const LIVENESS_TIMEOUT_SECONDS = 2;
const LIVENESS_FAILURES = 3;

/**
 * Seconds from the SIGTERM after a failed liveness probe to the kill. A hung process ignores SIGTERM; without this
 * setting the kill would wait for the pod's grace period, which is made for draining.
 *
 * @see https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#probe-level-terminationgraceperiodseconds
 */
export const HANG_GRACE_SECONDS = 5;

/**
 * The longest time from a hang to the kill, in seconds. In the worst case the process hangs just after it answered a
 * probe: 3 further probes, 5 s apart, then 2 s until the last one times out, then 5 s of grace make 22 s.
 */
export const HANG_TO_KILL_SECONDS =
  LIVENESS_FAILURES * LIVENESS_PERIOD_SECONDS + LIVENESS_TIMEOUT_SECONDS + HANG_GRACE_SECONDS;

/**
 * Returns the probes of a container that may start late.
 *
 * - Startup delays the other two until the first answer. The Nth failed probe kills the container, between N-1 and N
 *   periods after its start. So N-1 periods must cover the latest start with its margin: for 30 s, N is 2 · 30 + 1 = 61.
 * - Readiness runs every second. A pod gets traffic within 1 s of being able to serve, and loses it within 3 s of
 *   refusing to, or within 4 s of hanging, because each probe has 1 s to be answered.
 * - Liveness restarts a process that hangs. The kubelet restarts a process that exits without any probe.
 *
 * @param latestStart the longest known time from the start of the process to its first answer
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
