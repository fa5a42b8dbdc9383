import { TIMELINE_API_VERSION, type Lane, type Timeline } from '@online-inference/rollout';
import type { LoadReport } from '../kit/load/load';
import type { Outcome } from '../kit/load/tally';

/** Wall-clock time of second 0, in milliseconds since the epoch. */
const ZERO = Date.parse('2030-01-01T12:00:00.000Z');

const podCounts = (ready: number) => ({ total: ready, ready, available: ready, terminating: 0 });

/** Returns a recording of a Deployment with a number of ready pods at each time. */
export function timeline(
  samples: readonly (readonly [at: number, ready: number])[],
  pods: Lane[] = [],
): Timeline {
  return {
    apiVersion: TIMELINE_API_VERSION,
    kind: 'Timeline',
    source: 'recorded',
    workload: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', replicas: { before: 3, after: 3 } },
    changes: [],
    samples: samples.map(([at, ready]) => ({ at, old: podCounts(ready), new: podCounts(0) })),
    pods,
    end: { at: 20, reason: 'settled' },
    cluster: {
      changedAt: new Date(ZERO).toISOString(),
      serverVersion: 'v1.99.0',
      nodes: [{ name: 'one', cpu: '2', memory: '8Gi' }],
    },
  };
}

/** Returns a pod that goes through states. */
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

/** Returns a request that was sent at a second of the timeline and failed some milliseconds later. */
export const failure = (second: number, error: string, milliseconds = 1): Outcome => ({
  sentAt: ZERO + second * 1000,
  endedAt: ZERO + second * 1000 + milliseconds,
  connection: 'kept',
  reused: true,
  question: 'GET /',
  refused: 0,
  error,
});

/** Returns a load of 100 requests. */
export function load(failures: readonly Outcome[], refused: readonly Outcome[] = []): LoadReport {
  return {
    beganAt: ZERO,
    endedAt: ZERO + 20_000,
    sent: 100,
    answered: 100 - failures.length,
    failed: failures.length,
    reconnected: 0,
    errors: {},
    builds: { abc: 12, 'abc-demo': 8 },
    failures,
    refused,
  };
}
