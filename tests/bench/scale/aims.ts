import { comparisonOf, ratioOf, spreadOf, valuesOf } from '../frame/spread';
import type { Aim, Comparison, Spread } from '../frame/topic';

const OURS = 'one LinearApp';

/** What the topic is to reach. */
export function aims(comparisons: readonly Comparison[]): Aim[] {
  const of = (copies: number) => comparisonOf(comparisons, `copies-${copies}`);
  const growth = (measure: string, from: number, to: number): Spread =>
    grown(valuesOf(of(from), measure, OURS), valuesOf(of(to), measure, OURS));
  return [
    {
      what: 'the time of 1,000 copies, of `helm template`',
      unit: '×',
      limit: 3,
      better: 'lower',
      measured: ratioOf(of(1_000), 'time', OURS, 'helm template'),
    },
    {
      what: 'ten times as many copies, 1,000 for 100, take as many times as long',
      unit: '×',
      limit: 10,
      better: 'lower',
      measured: growth('time', 100, 1_000),
    },
    {
      what: 'ten times as many copies, 10,000 for 1,000, take as many times as long',
      unit: '×',
      limit: 11,
      better: 'lower',
      measured: growth('time', 1_000, 10_000),
      because:
        'One App keeps all copies until the end, and V8 goes through that heap again and again; an App a copy keeps one, and its time grows less than the copies.',
    },
    {
      what: 'and as many times the memory',
      unit: '×',
      limit: 11,
      better: 'lower',
      measured: growth('memory', 1_000, 10_000),
    },
  ];
}

/** Each of the later values, of the median of the earlier ones. */
function grown(before: readonly number[], after: readonly number[]): Spread {
  const { median } = spreadOf(before);
  return spreadOf(after.map((value) => value / median));
}
