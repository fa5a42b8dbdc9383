import type { Band } from './bands.ts';
import { formatTime, type Place } from './lane-rows.ts';
import { FONT, FRAME, type Panel } from './layout.ts';
import type { Row } from './marks.ts';
import { BAND_COLORS } from './palette.ts';
import { estimateWidth, truncate } from './words.ts';

const HEIGHT = 14;
/** Space between the end of a bar and its label, in pixels. */
const PAD = 6;

/** Returns the bars of the bands. */
export const getBandRows = ({ bands }: Panel): Row[] =>
  bands.flatMap(({ band: { kind, spans, label }, y }) =>
    spans.map(({ from, to }) => ({
      from,
      to,
      y: y - HEIGHT / 2,
      height: HEIGHT,
      fill: BAND_COLORS[kind],
      stroke: BAND_COLORS[kind],
      strokeDash: [],
      tooltip: { title: label, from: formatTime(from), to: formatTime(to), for: formatTime(to - from) },
    })),
  );

/** Returns bars that shade the whole panel while a situation holds. */
export const getShadeRows = ({ bands, groups, changes, ready }: Panel): Row[] => {
  const top = groups[0]?.top ?? changes;
  return bands
    .filter(({ band }) => band.kind !== 'mixed')
    .flatMap(({ band: { kind, spans } }) =>
      spans.map(({ from, to }) => ({
        from,
        to,
        y: top,
        height: ready.top + ready.height - top,
        fill: BAND_COLORS[kind],
        stroke: null,
        strokeDash: [],
      })),
    );
};

/**
 * Places the label of a band where it fits: in a bar, else after the last bar, else before the first one,
 * else truncated in the widest bar.
 */
function placeLabel({ kind, spans, label }: Band, place: Place): Row {
  const room = estimateWidth(label, FONT.small) + 2 * PAD;
  const bars = spans.map(({ from, to }) => {
    const [left, right] = [Math.max(place(from), 0), Math.min(place(to), FRAME.width)];
    return { from, to, left, right, width: right - left };
  });
  const inside = { text: label, fill: '#ffffff', align: 'left', dx: PAD };
  const wide = bars.find(({ width }) => width > room);
  if (wide) return { ...inside, at: wide.from };
  const outside = { text: label, fill: BAND_COLORS[kind] };
  const [first, last] = [bars[0], bars.at(-1)];
  if (last && last.right + room < FRAME.width) return { ...outside, at: last.to, align: 'left', dx: PAD };
  if (first && first.left > room) return { ...outside, at: first.from, align: 'right', dx: -PAD };
  const [widest] = bars.sort((a, b) => b.width - a.width);
  const text = truncate(label, FONT.small, widest ? widest.width - 2 * PAD : FRAME.width);
  return { ...inside, text, at: widest?.from ?? 0 };
}

/** Returns the labels of the bands. */
export const getBandLabels = ({ bands }: Panel, place: Place): Row[] =>
  bands.map(({ band, y }) => ({ y, ...placeLabel(band, place) }));
