import type { Load } from '../timeline/observations.ts';
import { FONT, type Panel } from './layout.ts';
import { bars, createLayer, texts, type Row } from './marks.ts';
import { BAND_COLORS, getHue, INK } from './palette.ts';
import { createCountScale, type Part } from './part.ts';

const COLORS = {
  old: getHue(0).full,
  new: getHue(1).full,
  unknown: '#9aa4ae',
  failed: BAND_COLORS.outage,
} as const;

/** The requests of one second with one outcome, stacked on the outcomes before. */
interface LoadBar {
  readonly at: number;
  readonly outcome: keyof typeof COLORS;
  readonly lower: number;
  readonly upper: number;
  /** Why requests failed: `3 ECONNREFUSED`. Empty for answers. */
  readonly why: string;
}

function stackLoad({ seconds }: Load): LoadBar[] {
  return seconds.flatMap(({ at, answered, failed, causes }) => {
    let upper = 0;
    return (['old', 'new', 'unknown', 'failed'] as const).flatMap((outcome) => {
      const count = outcome === 'failed' ? failed : (answered[outcome] ?? 0);
      if (count === 0) return [];
      const lower = upper;
      upper += count;
      return { at, outcome, lower, upper, why: outcome === 'failed' ? describeCauses(causes) : '' };
    });
  });
}

const describeCauses = (causes: Readonly<Record<string, number>> = {}): string =>
  Object.entries(causes)
    .map(([cause, count]) => `${count} ${cause}`)
    .join(', ');

/** Returns one thin bar per failure: among hundreds of requests its share of a second is invisible. */
const getFailureRows = ({ failures }: Load, top: number, height: number): Row[] =>
  failures.map(({ at, error }) => ({
    from: at,
    to: at,
    y: top - 4,
    height: height + 4,
    fill: COLORS.failed,
    stroke: COLORS.failed,
    strokeDash: [],
    tooltip: { title: 'failed request', at: `${at} s`, error },
  }));

/** Returns the chart of responses per second by version, and the failures. */
export function createLoadPart({ load: box, timeline: { load, prediction } }: Panel, index: number): Part {
  if (!box || !load) return { scales: [], axes: [], inside: [], outside: [] };
  const { heading, top, height } = box;
  const stacked = stackLoad(load);
  const most = stacked.reduce((largest, { upper }) => Math.max(largest, upper), 1);
  const rows = stacked.map(({ at, outcome, lower, upper, why }) => ({
    from: at,
    to: at + 1,
    y: top + height * (1 - upper / most),
    height: (height * (upper - lower)) / most,
    fill: COLORS[outcome],
    stroke: '#ffffff',
    strokeDash: [],
    tooltip: {
      title: `${upper - lower} requests`,
      from: `${at} s`,
      to: `${at + 1} s`,
      ...(outcome === 'failed' ? { failed: why } : { answered: outcome }),
    },
  }));
  const { failed, sent, ratePerSecond } = load;
  const { fewest, most: mostFailed } = prediction?.failedRequests ?? {};
  const draws = fewest === mostFailed ? '' : `, ${fewest} to ${mostFailed} in all draws`;
  const result = failed === 0 ? `all ${sent} answered${draws}` : `${failed} of ${sent} failed (red)${draws}`;
  const text = `responses per second by version: ${ratePerSecond} requests/s, ${result}`;
  return {
    ...createCountScale(`loadScale${index}`, most, box),
    inside: [
      createLayer(`load${index}`, rows, bars({ strokeWidth: 0.5 })),
      createLayer(`failures${index}`, getFailureRows(load, top, height), bars({ strokeWidth: 1.5 })),
    ],
    outside: [
      createLayer(
        `loadWords${index}`,
        [{ x: 0, y: heading, text, fill: INK.text }],
        texts({ fontSize: FONT.small }),
      ),
    ],
  };
}
