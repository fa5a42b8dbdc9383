import type { Probe } from '../manifest/workload-spec';

/** When a kubelet's worker asks: every period from when it began. A period of 0 asks all the time. */
export interface Ticks {
  readonly from: number;
  readonly period: number;
}

/** When a process answers its probes well: up to `until` and not at it. */
export interface Serving {
  readonly from: number;
  readonly until: number;
}

/** The first tick at or after a time. */
export function tickFrom({ from, period }: Ticks, time: number): number {
  if (time <= from) return from;
  return period === 0 ? time : from + Math.ceil((time - from) / period - 1e-9) * period;
}

/** When a run of failures that begins at a tick is one too many. Only a process that hangs makes its probe wait. */
const failedAt = (probe: Probe, first: number, hangs: boolean): number =>
  first +
  (probe.failureThreshold - 1) * Math.max(probe.periodSeconds, hangs ? probe.timeoutSeconds : 0) +
  (hangs ? probe.timeoutSeconds : 0);

/** What a startup or liveness probe comes to: the time at which it first succeeds, or is given up. */
export interface Outcome {
  readonly succeededAt?: number;
  readonly failedAt?: number;
}

/**
 * @param from the time from which the worker asks at its ticks
 * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/kubelet/prober/worker.go `doProbe`
 */
export function startupOutcome(probe: Probe, ticks: Ticks, from: number, serving: Serving): Outcome {
  const first = tickFrom(ticks, from);
  const hangs = first >= serving.until;
  const failed = failedAt(probe, first, hangs);
  const success = tickFrom(ticks, Math.max(first, serving.from));
  return success < serving.until && success <= failed && !hangs
    ? { succeededAt: success }
    : { failedAt: failed };
}

/**
 * When a container becomes ready: the kubelet asks once as it starts to ask, then at the ticks.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/kubelet/prober/prober_manager.go `UpdatePodStatus`
 */
export function readyAt(probe: Probe, ticks: Ticks, from: number, gate: number, serving: Serving): number {
  const atOnce = from >= Math.max(serving.from, gate);
  const first = atOnce ? from : tickFrom(ticks, Math.max(from, serving.from, gate));
  const second = probe.successThreshold > 1 ? tickFrom(ticks, first + 1e-6) : first;
  const ready = second + Math.max(0, probe.successThreshold - 2) * probe.periodSeconds;
  return ready < serving.until ? ready : Infinity;
}

/** When a ready container that hangs is found not ready. */
export function unreadyAt(probe: Probe, ticks: Ticks, serving: Serving): number {
  return failedAt(probe, tickFrom(ticks, serving.until), true);
}

/** When a liveness probe is given up; Infinity for never. */
export function livenessFailedAt(probe: Probe, ticks: Ticks, from: number, serving: Serving): number {
  const first = tickFrom(ticks, from);
  const early = failedAt(probe, first, false);
  if (first < serving.from && early < serving.from) return early;
  return failedAt(probe, tickFrom(ticks, Math.max(first, serving.until)), true);
}
