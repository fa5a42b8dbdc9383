import { restedAt } from '../situations/situation';
import type { Timeline } from '../timeline/timeline';

const seconds = (value: number): string => `${Number(value.toFixed(1))} s`;

/** What the picture is of. */
export function titleOf({ source, workload, cluster }: Timeline): string {
  const { kind, name } = workload;
  const where = source === 'recorded' ? ` on Kubernetes ${cluster?.serverVersion ?? '(unknown)'}` : '';
  return `${source === 'recorded' ? 'Recorded' : 'Predicted'}${where}: ${kind} ${name}`;
}

/** The change, in words. */
export function changeOf({ changes }: Timeline): string {
  const made = changes
    .map(({ at, description }, index) => (index === 0 ? description : `at ${seconds(at)} ${description}`))
    .join(', then ');
  return `Change: ${made || 'none'}`;
}

/** The fields that decide how a change goes. */
export function fieldsOf({ workload }: Timeline): string {
  const { replicas, strategy, maxSurge, maxUnavailable, minReadySeconds, kind } = workload;
  if (kind === 'Pod') return 'a Pod of its own, which nothing replaces';
  const { before, after } = replicas;
  const fields = [
    before === after ? `${before} replica${before === 1 ? '' : 's'}` : `replicas ${before} → ${after}`,
    strategy,
    maxSurge === undefined ? undefined : `maxSurge ${maxSurge}`,
    maxUnavailable === undefined ? undefined : `maxUnavailable ${maxUnavailable}`,
    minReadySeconds ? `minReadySeconds ${minReadySeconds}` : undefined,
  ];
  return fields.filter((each) => each !== undefined).join('  ·  ');
}

/** What came of it, in numbers. */
export function outcomeOf(timeline: Timeline): string {
  const { samples, end, load } = timeline;
  const since = samples.filter(({ at }, index) => (samples[index + 1]?.at ?? Infinity) > 0 || at >= 0);
  const ready = since.map((each) => each.old.ready + each.new.ready);
  const all = since.map(({ old, new: now }) => old.total + old.terminating + now.total + now.terminating);
  const ending = {
    settled: 'settled at',
    stalled: 'stalled at',
    limit: 'not settled by',
    interrupted: 'interrupted at',
  }[end.reason];
  return [
    `${ending} ${seconds(end.reason === 'settled' ? restedAt(timeline) : end.at)}`,
    `never fewer than ${Math.min(...ready)} ready`,
    `at most ${Math.max(...all)} pods, the terminating counted`,
    ...(load ? [`${load.failed} of ${load.sent} requests failed`] : []),
  ].join('  ·  ');
}

/** A pod's name without what all have in common. */
export function shortName(pod: string, workload: string): string {
  if (!pod.startsWith(`${workload}-`)) return pod;
  return pod.split('-').at(-1) ?? pod;
}

/** How wide a character is, as a part of the font's size. */
const CHARACTER = 0.53;

/** About how wide a text is drawn, in pixels: no browser is there to measure it. */
export const widthOf = (text: string, size: number): number => text.length * size * CHARACTER;

/** A text cut to a width. */
export function fitted(text: string, size: number, width: number): string {
  const room = Math.floor(width / (size * CHARACTER));
  return text.length <= room ? text : `${text.slice(0, Math.max(1, room - 1))}…`;
}
