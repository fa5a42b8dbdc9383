import { wrap } from '../situations/describe.ts';
import { formatSeconds } from '../situations/situation.ts';
import type { Load } from '../timeline/observations.ts';
import type { Timeline } from '../timeline/timeline.ts';

type Second = Load['seconds'][number];

/** Largest number of rows. */
const MOST_ROWS = 12;

/** Seconds in a row in which requests fail. */
interface Failing {
  readonly from: number;
  readonly to: number;
  readonly seconds: readonly Second[];
}

function findFailing({ seconds }: Load): Failing[] {
  const failing: Failing[] = [];
  for (const second of seconds) {
    if (second.failed === 0) continue;
    const last = failing.at(-1);
    const continues = last?.to === second.at;
    if (continues) failing.pop();
    const before = continues ? last : { from: second.at, seconds: [] };
    failing.push({ from: before.from, to: second.at + 1, seconds: [...before.seconds, second] });
  }
  return failing;
}

function addUp(counts: readonly Readonly<Record<string, number>>[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const [name, count] of counts.flatMap((each) => Object.entries(each))) {
    sums.set(name, (sums.get(name) ?? 0) + count);
  }
  return sums;
}

const list = (counts: ReadonlyMap<string, number>, word: string): string =>
  [...counts].map(([name, count]) => `${count} ${word}${name}`).join(', ');

function describeFailing({ from, to, seconds }: Failing): string[] {
  const failed = seconds.reduce((sum, second) => sum + second.failed, 0);
  const answered = list(addUp(seconds.map((second) => second.answered)), 'by ');
  const causes = list(addUp(seconds.map((second) => second.causes ?? {})), '');
  const why = causes === '' ? '' : `: ${causes}`;
  const span = `${formatSeconds(from)} to ${formatSeconds(to)}`;
  return wrap(
    `  ${span.padEnd(16)}  ${failed} failed${why}; ${answered === '' ? 'none' : answered} answered`,
    20,
  );
}

/** Returns lines about the requests: how many failed, when and why. */
export function describeLoad({ load, prediction, source }: Timeline): string[] {
  if (!load) return [];
  const { ratePerSecond, sent, failed } = load;
  const { draws, failedRequests: range } = prediction ?? {};
  const spread =
    range && range.fewest !== range.most
      ? ` (in ${draws?.count ?? 1} draws: ${range.fewest} to ${range.most}, median ${range.median})`
      : '';
  const assumed = source === 'predicted' ? 'Requests to a Service' : 'Requests';
  const failing = findFailing(load);
  const more = failing.length - MOST_ROWS;
  return [
    ...wrap(`  ${assumed}, ${ratePerSecond} a second: ${failed} of ${sent} fail${spread}`, 4),
    ...failing.slice(0, MOST_ROWS).flatMap(describeFailing),
    ...(more > 0 ? [`  ${more} more spans with failures not shown`] : []),
    '',
  ];
}
