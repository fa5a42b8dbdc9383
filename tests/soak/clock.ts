import type { Timeline } from '@online-inference/rollout';

/** Milliseconds since the epoch, of a timeline's seconds. */
export function clockOf({ cluster }: Timeline): (seconds: number) => number {
  const zero = Date.parse(cluster?.changedAt ?? '');
  return (seconds) => zero + seconds * 1000;
}
