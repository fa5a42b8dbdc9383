import { findings } from '../situations/check';
import type { Sample, Timeline } from '../timeline/timeline';

const BLOCKS = ' ▁▂▃▄▅▆▇█';
const COLUMNS = 60;
const MOST_ROWS = 24;

const time = (at: number): string => at.toFixed(at < 100 ? 1 : 0);

/** The sample of each column's end. */
function columns({ samples, end }: Timeline): Sample[] {
  const from = samples[0]?.at ?? 0;
  const step = (Math.max(end.at, samples.at(-1)?.at ?? 0) - from) / (COLUMNS - 1);
  let index = 0;
  return Array.from({ length: COLUMNS }, (_, column) => {
    while ((samples[index + 1]?.at ?? Infinity) <= from + column * step + 1e-9) index += 1;
    return samples[index];
  }).filter((sample) => sample !== undefined);
}

const mostOf = ({ samples }: Timeline, of: (sample: Sample) => number): number =>
  samples.reduce((most, sample) => Math.max(most, of(sample)), 0);

function sparkline(samples: readonly Sample[], of: (sample: Sample) => number, most: number): string {
  return samples
    .map((sample) => {
      const height = most === 0 ? 0 : Math.ceil((of(sample) / most) * (BLOCKS.length - 1));
      return BLOCKS[height] ?? ' ';
    })
    .join('');
}

function picture(timeline: Timeline): string[] {
  const drawn = columns(timeline);
  const rows: [string, (sample: Sample) => number][] = [
    ['old ready', ({ old }) => old.ready],
    ['new ready', ({ new: now }) => now.ready],
    ['all pods', ({ old, new: now }) => old.total + now.total + old.terminating + now.terminating],
  ];
  const most = mostOf(timeline, rows[2]?.[1] ?? (() => 0));
  const lines = rows.map(
    ([name, of]) => `  ${name.padEnd(10)}|${sparkline(drawn, of, most)}| up to ${mostOf(timeline, of)}`,
  );
  const from = `${time(timeline.samples[0]?.at ?? 0)} s`;
  return [
    ...lines,
    `  ${''.padEnd(10)} ${from}${`${time(timeline.end.at)} s`.padStart(COLUMNS - from.length)}`,
  ];
}

/** As many samples as people read: those that last, where there are too many. */
function told({ samples, end }: Timeline): Sample[] {
  const lasts = (index: number): number => (samples[index + 1]?.at ?? Infinity) - (samples[index]?.at ?? 0);
  let shortest = 0;
  for (let least = 0.05; ; least *= 2) {
    const kept = samples.filter((_, index) => lasts(index) >= shortest);
    if (kept.length <= MOST_ROWS || least > end.at + 1) return kept;
    shortest = least;
  }
}

const FIELDS = ['total', 'ready', 'available', 'terminating'] as const;
const TITLES = ['live', 'ready', 'avail.', 'ending'];

function table(timeline: Timeline): string[] {
  const rows = told(timeline);
  const row = (time: string, ...cells: string[][]): string =>
    `  ${time.padStart(8)}${cells.map((list) => `  ${list.map((cell) => cell.padStart(7)).join('')}`).join('')}`;
  const counts = (of: Sample['old']): string[] => FIELDS.map((field) => String(of[field]));
  const left = timeline.samples.length - rows.length;
  return [
    row('', ['old', '', '', ''], ['new', '', '', '']).trimEnd(),
    row('seconds', TITLES, TITLES),
    ...rows.map(({ at, old, new: now }) => row(at.toFixed(2), counts(old), counts(now))),
    ...(left > 0 ? [`  and ${left} short-lived steps between them`] : []),
  ];
}

function warnings({ events = [] }: Timeline): string[] {
  const counts = new Map<string, { count: number; at: number }>();
  for (const { type, reason, message, at } of events) {
    if (type !== 'Warning') continue;
    const text = `${reason}: ${message}`;
    const known = counts.get(text) ?? { count: 0, at };
    counts.set(text, { ...known, count: known.count + 1 });
  }
  return [...counts].map(
    ([text, { count, at }]) => `  ${time(at)} s  ${text}${count > 1 ? ` (${count} times)` : ''}`,
  );
}

/** A timeline for people, in lines. */
export function describeTimeline(timeline: Timeline): string[] {
  const { workload, changes, source, end } = timeline;
  const title = `${workload.kind}/${workload.name}, ${source}`;
  const asked = changes
    .map(({ at, description }) => `${at === 0 ? '' : `at ${at} s `}${description}`)
    .join('; then ');
  const found = findings(timeline).filter(({ holds }) => holds);
  const warned = warnings(timeline);
  return [
    `${title}: ${asked}`,
    '',
    ...picture(timeline),
    '',
    ...table(timeline),
    '',
    ...found.map(({ expect, because }) => `  ${expect.padEnd(15)} ${because}`),
    ...(end.reason === 'settled'
      ? []
      : [`  not settled     ${end.message ?? end.reason} at ${time(end.at)} s`]),
    ...(warned.length > 0 ? ['', ...warned] : []),
  ];
}
