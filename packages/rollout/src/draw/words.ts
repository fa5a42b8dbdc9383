import { findRestTime, sinceChange } from '../situations/situation.ts';
import { existingPods, fewestOf, mostOf, readyPods } from '../timeline/counts.ts';
import type { Timeline } from '../timeline/timeline.ts';

const formatSeconds = (value: number): string => `${Number(value.toFixed(1))} s`;

/** Returns the title: source, cluster version and workload. */
export function getTitle({ source, workload, cluster }: Timeline): string {
  const { kind, name } = workload;
  const where = source === 'recorded' ? ` on Kubernetes ${cluster?.serverVersion ?? '(unknown)'}` : '';
  return `${source === 'recorded' ? 'Recorded' : 'Predicted'}${where}: ${kind} ${name}`;
}

/** Describes the changes. */
export function describeChanges({ changes }: Timeline): string {
  const made = changes
    .map(({ at, description }, index) =>
      index === 0 ? description : `at ${formatSeconds(at)} ${description}`,
    )
    .join(', then ');
  return `Change: ${made || 'none'}`;
}

/** Describes the fields of the spec that decide how a change proceeds. */
export function describeSpec({ workload }: Timeline): string {
  const { replicas, strategy, maxSurge, maxUnavailable, minReadySeconds, kind } = workload;
  const { partition, parallel } = workload;
  if (kind === 'Pod') return 'bare Pod, no controller replaces it';
  const { before, after } = replicas;
  const fields = [
    kind === 'DaemonSet'
      ? `${after} node${after === 1 ? '' : 's'}`
      : before === after
        ? `${before} replica${before === 1 ? '' : 's'}`
        : `replicas ${before} → ${after}`,
    strategy,
    maxSurge === undefined ? undefined : `maxSurge ${maxSurge}`,
    maxUnavailable === undefined ? undefined : `maxUnavailable ${maxUnavailable}`,
    partition === undefined ? undefined : `partition ${partition}`,
    parallel ? 'Parallel' : undefined,
    minReadySeconds ? `minReadySeconds ${minReadySeconds}` : undefined,
  ];
  return fields.filter((each) => each !== undefined).join('  ·  ');
}

const END_WORDS = {
  settled: 'settled at',
  stalled: 'stalled at',
  limit: 'not settled by',
  interrupted: 'interrupted at',
};

/** Describes the outcome in numbers. */
export function describeOutcome(timeline: Timeline): string {
  const { end, load, prediction } = timeline;
  const races = (prediction?.verdicts ?? []).filter(({ held, draws }) => held > 0 && held < draws);
  const samples = sinceChange(timeline);
  return [
    `${END_WORDS[end.reason]} ${formatSeconds(end.reason === 'settled' ? findRestTime(timeline) : end.at)}`,
    `never fewer than ${fewestOf(samples, readyPods)} ready`,
    `at most ${mostOf(samples, existingPods)} pods, including terminating`,
    ...races.map(({ situation, held, draws }) => `${situation} in ${held} of ${draws} draws`),
    ...(load ? [`${load.failed} of ${load.sent} requests failed`] : []),
  ].join('  ·  ');
}

/** Returns a pod's name without the prefix that all pods of the workload share. */
export function shortenName(pod: string, workload: string): string {
  if (!pod.startsWith(`${workload}-`)) return pod;
  return pod.split('-').at(-1) ?? pod;
}

/** Average width of a character as a share of the font size. */
const CHARACTER_WIDTH = 0.53;

/** Estimates the width of a text in pixels; without a browser nothing can measure it. */
export const estimateWidth = (text: string, size: number): number => text.length * size * CHARACTER_WIDTH;

/** Truncates a text with an ellipsis to a width in pixels. */
export function truncate(text: string, size: number, width: number): string {
  const room = Math.floor(width / (size * CHARACTER_WIDTH));
  return text.length <= room ? text : `${text.slice(0, Math.max(1, room - 1))}…`;
}
