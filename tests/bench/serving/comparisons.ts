import type { Comparison, Measure } from '../frame/topic';
import { KINDS } from './kinds';
import { CONNECTIONS, MOST_HELD, STEADY_RATE } from './round';
import { OURS } from './subjects';

const measure = (id: string, title: string, unit: string, better: Measure['better'] = 'lower'): Measure => ({
  id,
  title,
  unit,
  better,
});

const p50 = measure('p50', 'p50', 'ms');
const p99 = measure('p99', 'p99', 'ms');

/** What a round's values belong to: all of a contender's measures are named `COMPARISON.MEASURE`. */
const PARTS: readonly Omit<Comparison, 'rows' | 'base'>[] = [
  ...KINDS.map(({ id, title }) => ({
    id,
    title: `${title}: at saturation on one core`,
    note: `${CONNECTIONS} connections, each of which waits for its answer.`,
    measures: [
      measure('rate', 'requests a second', '/s', 'higher'),
      measure('cpu', 'CPU a request', 'µs'),
      p50,
      p99,
    ],
  })),
  { id: 'steady', title: `Latency at ${STEADY_RATE} requests a second`, measures: [p50, p99] },
  {
    id: 'half',
    title: 'Latency at half of the own saturation',
    note: `At most ${MOST_HELD.toLocaleString('en-US')} requests a second, what one core can send on time.`,
    measures: [measure('rate', 'rate', '/s', 'higher'), p50, p99],
  },
  { id: 'start', title: 'Start', measures: [measure('first', 'from exec to the first answer', 'ms')] },
  {
    id: 'memory',
    title: 'Memory',
    measures: [measure('idle', 'resident, idle', 'MiB'), measure('loaded', 'resident, after load', 'MiB')],
  },
];

/** Takes a contest of whole rounds apart, each part with those who were measured in it. */
export function parted({ rows }: Pick<Comparison, 'rows'>): Comparison[] {
  return PARTS.map((part) => ({
    ...part,
    base: OURS,
    rows: rows.flatMap((row) => {
      const runs = row.runs.flatMap((run) => {
        const own = part.measures.flatMap(({ id }) => {
          const value = run[`${part.id}.${id}`];
          return value === undefined ? [] : [[id, value] as const];
        });
        return own.length === part.measures.length ? [Object.fromEntries(own)] : [];
      });
      return runs.length > 0 || row.absent !== undefined ? [{ ...row, runs }] : [];
    }),
  }));
}
