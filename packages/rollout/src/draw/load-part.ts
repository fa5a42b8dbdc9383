import { FONT, type Panel } from './layout';
import { loadRows } from './load-rows';
import { bars, texts } from './marks';
import { BAND_COLORS, hueOf, INK } from './palette';
import { chartFrame, table, type Part } from './part';

const ANSWER_COLORS: Readonly<Record<string, string>> = {
  old: hueOf(0).full,
  new: hueOf(1).full,
  unknown: '#9aa4ae',
  failed: BAND_COLORS.outage,
};

/** The answers of each second by version, and every failure. */
export function loadPart({ load, timeline }: Panel, index: number): Part {
  if (!load || !timeline.load) return { data: [], scales: [], axes: [], inside: [], outside: [] };
  const { bars: seconds, most } = loadRows(timeline);
  const rows = seconds.map(({ at, who, lower, upper }) => {
    const y = load.top + load.height * (1 - upper / most);
    return {
      from: at,
      to: at + 1,
      y,
      height: (load.height * (upper - lower)) / most,
      fill: ANSWER_COLORS[who],
      stroke: '#ffffff',
      strokeDash: [],
      tooltip: { title: `${upper - lower} requests`, from: `${at} s`, to: `${at + 1} s`, answered: who },
    };
  });
  // a single failure among hundreds is thinner than a line: each gets a line of its own
  const failures = timeline.load.failures.map(({ at, error }) => ({
    from: at,
    to: at,
    y: load.top - 4,
    height: load.height + 4,
    fill: BAND_COLORS.outage,
    stroke: BAND_COLORS.outage,
    strokeDash: [],
    tooltip: { title: 'a request failed', at: `${at} s`, error },
  }));
  const { failed, sent, ratePerSecond } = timeline.load;
  const fate = failed === 0 ? `all ${sent} answered` : `${failed} of ${sent} failed (red)`;
  const heading = `answers a second, by version: ${ratePerSecond} requests sent a second, ${fate}`;
  return {
    data: [
      table(`load${index}`, rows),
      table(`failures${index}`, failures),
      table(`loadWords${index}`, [{ x: 0, y: load.heading, text: heading, fill: INK.text }]),
    ],
    ...chartFrame(`loadScale${index}`, most, load.top, load.height),
    inside: [bars(`load${index}`, { strokeWidth: 0.5 }), bars(`failures${index}`, { strokeWidth: 1.5 })],
    outside: [texts(`loadWords${index}`, { fontSize: FONT.small })],
  };
}
