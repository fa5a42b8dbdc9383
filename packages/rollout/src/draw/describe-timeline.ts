import { describeLoad } from './describe-load.ts';
import { findings, type Verdict } from '../situations/check.ts';
import { describeVerdict, wrap } from '../situations/describe.ts';
import { existingPods, mostOf } from '../timeline/counts.ts';
import type { Orders } from '../timeline/orders.ts';
import type { Sample, Timeline } from '../timeline/timeline.ts';
import type { ReadyRange } from '../timeline/verdicts.ts';

const BLOCKS = ' ▁▂▃▄▅▆▇█';
/** Width of a sparkline in characters. */
const COLUMNS = 52;
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

/** Returns the range of ready pods in all draws from one time to the next. */
function describeRange(band: readonly ReadyRange[], from: number, to: number): string {
  const ranges = band.filter(({ at }, index) => at < to && (band[index + 1]?.at ?? Infinity) > from);
  const fewest = Math.min(...ranges.map((range) => range.fewest));
  const most = Math.max(...ranges.map((range) => range.most));
  return fewest === most ? String(most) : `${fewest}-${most}`;
}

function drawTable(timeline: Timeline): string[] {
  const rows = pickRows(timeline);
  const { band } = timeline.prediction ?? {};
  const formatRow = (time: string, old: readonly string[], now: readonly string[], range: string): string => {
    const cells = [old, now].map((list) => list.map((cell) => cell.padStart(7)).join(''));
    return `  ${[time.padStart(8), ...cells, ...(band ? [range.padStart(7)] : [])].join('  ')}`.trimEnd();
  };
  const counts = (of: Sample['old']): string[] => FIELDS.map((field) => String(of[field]));
  const describeRow = ({ at, old, new: now }: Sample, index: number): string =>
    formatRow(
      formatTime(at),
      counts(old),
      counts(now),
      band ? describeRange(band, at, rows[index + 1]?.at ?? Infinity) : '',
    );
  const left = timeline.samples.length - rows.length;
  return [
    formatRow('', ['old', '', '', ''], ['new', '', '', ''], 'ready,'),
    formatRow('seconds', TITLES, TITLES, 'draws'),
    ...rows.map(describeRow),
    ...(left > 0 ? [`  ${left} short step${left === 1 ? '' : 's'} not shown`] : []),
  ];
}

/** Describes the search over every order of steps. */
function describeOrders({ states, fewestReady, mostReady, mostLive, assumes }: Orders): string[] {
  const counts = `every order of steps, ${states} states: ${fewestReady} to ${mostReady} ready pods, at most ${mostLive} live`;
  return wrap(assumes === undefined ? counts : `${counts}; if ${assumes}`, 2);
}

/** Describes which draw is shown. */
function describeDraws({ prediction }: Timeline): string[] {
  const { draws, seed, orders } = prediction ?? {};
  if (!draws || draws.count === 1) return [];
  const last = draws.first + draws.count - 1;
  return [
    `${draws.count} draws, seeds ${draws.first} to ${last}; shown: seed ${seed}, the median`,
    ...(orders ? describeOrders(orders) : []),
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
  return [...counts].flatMap(([text, { count, at }]) =>
    wrap(`  ${formatTime(at)} s  ${text}${count > 1 ? ` (${count} times)` : ''}`, 4),
  );
}

/** Returns what the prediction leaves out. */
function describeNotModelled({ prediction }: Timeline): string[] {
  const { notModelled = [] } = prediction ?? {};
  if (notModelled.length === 0) return [];
  return ['', '  Not modelled, or assumed:', ...notModelled.flatMap((each) => wrap(`  - ${each}`, 4))];
}

/**
 * Returns lines for a terminal: sparklines, a table of counts, verdicts, and warnings.
 *
 * @param verdicts @default the verdicts of all situations
 */
export function describeTimeline(
  timeline: Timeline,
  verdicts: readonly Verdict[] = findings(timeline),
): string[] {
  const { workload, changes, source } = timeline;
  const change = changes
    .map(({ at, description }) => `${at === 0 ? '' : `at ${at} s `}${description}`)
    .join('; then ');
  const warnings = describeWarnings(timeline);
  return [
    ...wrap(`${workload.kind}/${workload.name}, ${source}: ${change}`, 2),
    ...describeDraws(timeline),
    '',
    ...drawPicture(timeline),
    '',
    ...drawTable(timeline),
    '',
    ...describeLoad(timeline),
    ...verdicts.flatMap(describeVerdict),
    ...(warnings.length > 0 ? ['', ...warnings] : []),
    ...describeNotModelled(timeline),
  ];
}
