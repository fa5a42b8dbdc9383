import { check, TIMELINE_API_VERSION, type Counts, type Timeline } from '../src/index.ts';

/** Live pods, and how many of them are ready if not all. */
type Pods = number | readonly [live: number, ready: number];

const counts = (pods: Pods): Counts => {
  const [total, ready] = typeof pods === 'number' ? [pods, pods] : pods;
  return { total, ready, available: ready, terminating: 0 };
};

/** A Deployment's timeline of old and new pods, with one step a second from the change on. */
export function timeline(replicas: number, ...steps: (readonly [old: Pods, now: Pods])[]): Timeline {
  return {
    apiVersion: TIMELINE_API_VERSION,
    kind: 'Timeline',
    source: 'predicted',
    workload: {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      name: 'web',
      replicas: { before: replicas, after: replicas },
      maxSurge: 1,
      maxUnavailable: 1,
    },
    changes: [{ at: 0, description: 'image web:v2', image: 'web:v2' }],
    samples: steps.map(([old, now], at) => ({ at, old: counts(old), new: counts(now) })),
    pods: [],
    end: { at: steps.length, reason: 'settled' },
  };
}

export const holds = (timeline: Timeline, expect: string): boolean => check(timeline, expect).holds;

/** The states of each pod of a version. */
export const states = ({ pods }: Timeline, version: string): string[][] =>
  pods.filter((lane) => lane.version === version).map((lane) => lane.states.map(({ state }) => state));
