import { findings } from '../situations/check.ts';
import { existingPods, mostOf } from '../timeline/counts.ts';
import type { Sample, Timeline } from '../timeline/timeline.ts';

const BLOCKS = ' ▁▂▃▄▅▆▇█';
/** Width of a sparkline in characters. */
const COLUMNS = 60;
/** Largest number of rows of the table. */
const MOST_ROWS = 24;

const formatTime = (at: number): string => at.toFixed(at < 100 ? 1 : 0);

/** Returns for each column the sample that holds at its end. */
function pickColumns({ samples, end }: Timeline): Sample[] {
  const from = samples[0]?.at ?? 0;
  const step = (Math.max(end.at, samples.at(-1)?.at ?? 0) - from) / (COLUMNS - 1);
  let index = 0;
  return Array.from({ length: COLUMNS }, (_, column) => {
    while ((samples[index + 1]?.at ?? Infinity) <= from + column * step + 1e-9) index += 1;
    return samples[index];
  }).filter((sample) => sample !== undefined);
}

function drawSparkline(samples: readonly Sample[], count: (sample: Sample) => number, most: number): string {
  return samples
    .map((sample) => {
      const height = most === 0 ? 0 : Math.ceil((count(sample) / most) * (BLOCKS.length - 1));
      return BLOCKS[height] ?? ' ';
    })
    .join('');
}

function drawPicture(timeline: Timeline): string[] {
  const { samples, end } = timeline;
  const drawn = pickColumns(timeline);
  const rows: [string, (sample: Sample) => number][] = [
    ['old ready', ({ old }) => old.ready],
    ['new ready', ({ new: now }) => now.ready],
    ['all pods', existingPods],
  ];
  const most = mostOf(samples, existingPods);
  const lines = rows.map(
    ([name, count]) =>
      `  ${name.padEnd(10)}|${drawSparkline(drawn, count, most)}| at most ${mostOf(samples, count)}`,
  );
  const from = `${formatTime(samples[0]?.at ?? 0)} s`;
  const to = `${formatTime(end.at)} s`.padStart(COLUMNS - from.length);
  return [...lines, `  ${''.padEnd(10)} ${from}${to}`];
}

/** Returns the samples for the table: all, or the ones that last longest. */
function pickRows({ samples, end }: Timeline): Sample[] {
  const getDuration = (index: number): number =>
    (samples[index + 1]?.at ?? Infinity) - (samples[index]?.at ?? 0);
  let shortest = 0;
  for (let next = 0.05; ; next *= 2) {
    const kept = samples.filter((_, index) => getDuration(index) >= shortest);
    if (kept.length <= MOST_ROWS || next > end.at + 1) return kept;
    shortest = next;
  }
}

const FIELDS = ['total', 'ready', 'available', 'terminating'] as const;
const TITLES = ['live', 'ready', 'avail.', 'term.'];

function drawTable(timeline: Timeline): string[] {
  const rows = pickRows(timeline);
  const formatRow = (time: string, ...cells: string[][]): string =>
    `  ${time.padStart(8)}${cells.map((list) => `  ${list.map((cell) => cell.padStart(7)).join('')}`).join('')}`;
  const counts = (of: Sample['old']): string[] => FIELDS.map((field) => String(of[field]));
  const left = timeline.samples.length - rows.length;
  return [
    formatRow('', ['old', '', '', ''], ['new', '', '', '']).trimEnd(),
    formatRow('seconds', TITLES, TITLES),
    ...rows.map(({ at, old, new: now }) => formatRow(at.toFixed(2), counts(old), counts(now))),
    ...(left > 0 ? [`  ${left} short step${left === 1 ? '' : 's'} not shown`] : []),
  ];
}

/** Returns the warning events, equal ones counted. */
function describeWarnings({ events = [] }: Timeline): string[] {
  const counts = new Map<string, { count: number; at: number }>();
  for (const { type, reason, message, at } of events) {
    if (type !== 'Warning') continue;
    const text = `${reason}: ${message}`;
    const known = counts.get(text) ?? { count: 0, at };
    counts.set(text, { ...known, count: known.count + 1 });
  }
  return [...counts].map(
    ([text, { count, at }]) => `  ${formatTime(at)} s  ${text}${count > 1 ? ` (${count} times)` : ''}`,
  );
}

/** Returns lines for a terminal: sparklines, a table of counts, the situations that hold, and warnings. */
export function describeTimeline(timeline: Timeline): string[] {
  const { workload, changes, source, end } = timeline;
  const change = changes
    .map(({ at, description }) => `${at === 0 ? '' : `at ${at} s `}${description}`)
    .join('; then ');
  const holding = findings(timeline).filter(({ holds }) => holds);
  const warnings = describeWarnings(timeline);
  return [
    `${workload.kind}/${workload.name}, ${source}: ${change}`,
    '',
    ...drawPicture(timeline),
    '',
    ...drawTable(timeline),
    '',
    ...holding.map(({ expect, because }) => `  ${expect.padEnd(15)} ${because}`),
    ...(end.reason === 'settled'
      ? []
      : [`  not settled     ${end.message ?? end.reason} at ${formatTime(end.at)} s`]),
    ...(warnings.length > 0 ? ['', ...warnings] : []),
  ];
}
