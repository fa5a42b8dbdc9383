import type { Sample, Timeline } from '@online-inference/rollout';
import { clockOf } from './clock';
import type { Phase } from './scenario';

/**
 * Where in what was done a moment was: the phase, the pods of it then, and what had last happened to one.
 *
 * @param at milliseconds since the epoch
 */
export function momentOf(at: number, phases: readonly Phase[]): string {
  const current = phases.find(({ timeline }) => at >= beginOf(timeline) && at <= endOf(timeline));
  if (!current) {
    const next = phases.find(({ timeline }) => beginOf(timeline) > at);
    return next ? `before ${next.name}` : 'after all of it';
  }
  const { name, timeline } = current;
  const seconds = (at - clockOf(timeline)(0)) / 1000;
  const sample = timeline.samples.findLast((each) => each.at <= seconds);
  return [`${name}, ${signed(seconds)} s`, sample && podsIn(sample), lastEvent(timeline, seconds)]
    .filter(Boolean)
    .join('; ');
}

const beginOf = (timeline: Timeline): number => clockOf(timeline)(timeline.samples[0]?.at ?? 0);
const endOf = (timeline: Timeline): number => clockOf(timeline)(timeline.end.at);
const signed = (seconds: number): string => `${seconds < 0 ? '-' : '+'}${Math.abs(seconds).toFixed(2)}`;

function podsIn({ old, new: now }: Sample): string {
  const part = (version: string, { total, ready, terminating }: Sample['old']): string =>
    total + terminating === 0
      ? ''
      : `${version}: ${ready} of ${total} ready${terminating > 0 ? `, ${terminating} terminating` : ''}`;
  return [part('old', old), part('new', now)].filter(Boolean).join(', ');
}

function lastEvent({ pods }: Timeline, seconds: number): string {
  const [last] = pods
    .flatMap(({ pod, states }) => states.map(({ at, state }) => ({ pod, at, state })))
    .filter(({ at }) => at <= seconds)
    .sort((a, b) => b.at - a.at);
  return last ? `${(seconds - last.at).toFixed(2)} s since ${last.pod} was ${last.state}` : '';
}
