import type { Sample, Timeline } from '../timeline/timeline';
import { FRAME } from './layout';
import type { Row } from './marks';

export interface ReadyRows {
  /** Of each version, from `lower` to `upper` pods; new pods on top of old ones. */
  readonly old: readonly Row[];
  readonly new: readonly Row[];
  /** How many are asked for. */
  readonly desired: readonly Row[];
  /** How many are ready or asked for, at the most. */
  readonly most: number;
}

/** The ready pods of both versions over time. */
export function readyRows(
  { samples, workload, changes }: Timeline,
  [from, to]: readonly [number, number],
): ReadyRows {
  const grain = (to - from) / FRAME.width;
  const steps: Sample[] = [];
  for (const [index, sample] of samples.entries()) {
    const last = steps.at(-1);
    // of what happens within a pixel the last is what one sees
    if (last && index > 1 && sample.at - last.at < grain) steps.splice(-1, 1, { ...sample, at: last.at });
    else steps.push(index === 0 ? { ...sample, at: Math.min(from, sample.at) } : sample);
  }
  const last = steps.at(-1);
  const all = last && last.at < to ? [...steps, { ...last, at: to }] : steps;
  const { before, after } = workload.replicas;
  const scalings = changes.flatMap(({ at, replicas }) =>
    replicas === undefined ? [] : [{ at, desired: replicas }],
  );
  const known = before !== after && scalings.length === 0 ? [{ at: 0, desired: after }] : scalings;
  return {
    old: all.map(({ at, old }) => ({ at, lower: 0, upper: old.ready })),
    new: all.map(({ at, old, new: now }) => ({ at, lower: old.ready, upper: old.ready + now.ready })),
    desired: [{ at: from, desired: before }, ...known, { at: to, desired: after }],
    most: Math.max(1, before, after, ...all.map(({ old, new: now }) => old.ready + now.ready)),
  };
}
