import type { Lane, Sample, Timeline } from '@online-inference/rollout';
import type { LoadReport } from '../kit/load/load';
import type { Counts, Failure, Noted } from '../kit/load/tally';

/** The wall clock's time of second 0 of {@link timeline}. */
export const ZERO = Date.parse('2030-01-01T12:00:00.000Z');

const counts = (ready: number, terminating = 0): Sample['old'] => ({
  total: ready,
  ready,
  available: ready,
  terminating,
});

/** A recording of a Deployment of three pods, `old` ready ones at each time. */
export function timeline(
  samples: readonly (readonly [at: number, old: number, now: number])[],
  pods: Lane[] = [],
): Timeline {
  return {
    apiVersion: 'rollout.online-inference/v1',
    kind: 'Timeline',
    source: 'recorded',
    workload: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', replicas: { before: 3, after: 3 } },
    changes: [],
    samples: samples.map(([at, old, now]) => ({ at, old: counts(old), new: counts(now) })),
    pods,
    end: { at: 20, reason: 'settled' },
    cluster: {
      changedAt: new Date(ZERO).toISOString(),
      serverVersion: 'v1.99.0',
      nodes: [{ name: 'one', cpu: '2', memory: '8Gi' }],
    },
  };
}

/** A pod that goes through states, each `[at, state]`. */
export const lane = (
  pod: string,
  ...states: (readonly [at: number, state: Lane['states'][number]['state']])[]
): Lane => ({
  pod,
  version: 'old',
  image: 'web:v1',
  restarts: 0,
  states: states.map(([at, state]) => ({ at, state })),
});

/** A request that was sent at a second of {@link timeline} and failed so many milliseconds later. */
export const failure = (second: number, error: string, milliseconds = 1): Failure => ({
  sentAt: ZERO + second * 1000,
  endedAt: ZERO + second * 1000 + milliseconds,
  connection: 'kept',
  reused: true,
  question: 'GET /',
  error,
});

/** A load of 100 requests, of which some failed and some connections were refused. */
export function load(failures: readonly Failure[], refused: readonly Noted[] = []): LoadReport {
  const half = (failed: number): Counts => ({
    sent: 50,
    answered: 50 - failed,
    failed,
    reconnected: 0,
    statuses: { 200: 50 - failed },
    errors: failed > 0 ? { ECONNREFUSED: failed } : {},
    latency: { p50: 1, p90: 2, p99: 3, p999: 4, max: 5 },
  });
  return {
    ratePerSecond: 5,
    beganAt: ZERO,
    endedAt: ZERO + 20_000,
    mostInFlight: 7,
    connections: { kept: half(failures.length), new: half(0) },
    questions: { 'GET /': 20 },
    builds: { abc: 12, 'abc-demo': 8 },
    latestMilliseconds: 9,
    failures,
    refused,
  };
}
