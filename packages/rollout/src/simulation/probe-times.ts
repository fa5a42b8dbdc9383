import type { Probe } from '../manifest/workload-spec.ts';

/** When a probe's worker runs: every period since a time. Period 0 means continuously. Units: seconds. */
export interface Ticks {
  readonly from: number;
  readonly period: number;
}

/** When a process passes its probes: from `from` until just before `until`, in seconds. */
export interface Serving {
  readonly from: number;
  readonly until: number;
}

/** Tolerance for times that should be exactly at a tick. */
const EPSILON_SECONDS = 1e-9;

/**
 * Returns the first tick at or after a time: from + ceil((time - from) / period) × period.
 *
 * Ticks from 0 s every 10 s: 12 s gives 20 s; 20 s gives 20 s.
 */
export function findTick({ from, period }: Ticks, time: number): number {
  if (time <= from) return from;
  return period === 0 ? time : from + Math.ceil((time - from) / period - EPSILON_SECONDS) * period;
}

/**
 * Returns when a probe reaches `failureThreshold` failures in a row, from the tick of the first one.
 *
 * - The process refuses connections: first + (failureThreshold - 1) × period.
 * - The process hangs, so each failure takes the timeout: first + (failureThreshold - 1) × max(period,
 *   timeout) + timeout.
 *
 * Threshold 3, period 10 s, timeout 1 s, first failure at 40 s: 60 s, or 61 s for a process that hangs.
 */
const findThreshold = (probe: Probe, first: number, hangs: boolean): number =>
  first +
  (probe.failureThreshold - 1) * Math.max(probe.periodSeconds, hangs ? probe.timeoutSeconds : 0) +
  (hangs ? probe.timeoutSeconds : 0);

/** Result of a startup probe: the time of its success or of its last failure, in seconds. */
export interface StartupOutcome {
  readonly succeededAt?: number;
  readonly failedAt?: number;
}

/**
 * Returns the result of a startup probe.
 *
 * Ticks every 10 s from 0 s, container started at 1.5 s, threshold 3: the failures are at 10, 20 and
 * 30 s. A process that serves from 29 s succeeds at 30 s; one that serves later fails at 30 s.
 *
 * @param from time from which the worker probes the container
 * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/kubelet/prober/worker.go `doProbe`
 */
export function runStartupProbe(probe: Probe, ticks: Ticks, from: number, serving: Serving): StartupOutcome {
  const first = findTick(ticks, from);
  const hangs = first >= serving.until;
  const failedAt = findThreshold(probe, first, hangs);
  const succeededAt = findTick(ticks, Math.max(first, serving.from));
  return succeededAt < serving.until && succeededAt <= failedAt && !hangs ? { succeededAt } : { failedAt };
}

/**
 * Returns when a container becomes ready, Infinity for never. The kubelet probes once as soon as it sees
 * the container started, then at the ticks.
 *
 * Ticks every 10 s from 0 s, container started at 1.5 s: a process that serves at once is ready at 1.5 s;
 * one that serves from 12 s is ready at 20 s.
 *
 * @param from time from which the worker probes the container
 * @param gate end of `initialDelaySeconds`
 * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/kubelet/prober/prober_manager.go `UpdatePodStatus`
 */
export function findReadyTime(
  probe: Probe,
  ticks: Ticks,
  from: number,
  gate: number,
  serving: Serving,
): number {
  const servesAtOnce = from >= Math.max(serving.from, gate);
  const first = servesAtOnce ? from : findTick(ticks, Math.max(from, serving.from, gate));
  const second = probe.successThreshold > 1 ? findTick(ticks, first + 1e-6) : first;
  const ready = second + Math.max(0, probe.successThreshold - 2) * probe.periodSeconds;
  return ready < serving.until ? ready : Infinity;
}

/** Returns when the readiness probe of a process that hangs has failed. */
export function findUnreadyTime(probe: Probe, ticks: Ticks, serving: Serving): number {
  return findThreshold(probe, findTick(ticks, serving.until), true);
}

/**
 * Returns when a liveness probe has failed, Infinity for never.
 *
 * Ticks every 10 s from 0 s, container started at 1.5 s, threshold 3: a process that serves from 60 s is
 * killed at 30 s; one that serves from 2 s and hangs at 34 s is killed at 40 + 2 × 10 + 1 = 61 s.
 *
 * @param from time from which the worker probes the container
 */
export function findLivenessFailure(probe: Probe, ticks: Ticks, from: number, serving: Serving): number {
  const first = findTick(ticks, from);
  const beforeServing = findThreshold(probe, first, false);
  if (first < serving.from && beforeServing < serving.from) return beforeServing;
  return findThreshold(probe, findTick(ticks, Math.max(first, serving.until)), true);
}
