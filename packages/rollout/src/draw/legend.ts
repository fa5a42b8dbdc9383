import { FONT, FRAME } from './layout.ts';
import { createLayer, fromFields, texts, type Layer, type Row } from './marks.ts';
import { getHue, getStyle, INK, LOOKS, VISIBLE_STATES } from './palette.ts';
import { estimateWidth } from './words.ts';

const SWATCH = { width: 20, height: 12, gap: 3 };

/** Returns the layers of the legend: the versions, and each state in the colours of the first two. */
export function createLegend(revisions: readonly number[], y: number): Layer[] {
  const swatches: Row[] = [];
  const words: Row[] = [];
  let x = -FRAME.left;
  const addWord = (text: string, fill: string): void => {
    words.push({ x, y, text, fill });
    x += estimateWidth(text, FONT.small) + 16;
  };
  const addSwatch = (revision: number, state: (typeof VISIBLE_STATES)[number]): void => {
    const height = Math.max(2, LOOKS[state].height * SWATCH.height);
    swatches.push({ x, y: y - 4 - height / 2, width: SWATCH.width, height, ...getStyle(revision, state) });
    x += SWATCH.width + SWATCH.gap;
  };
  for (const revision of revisions) {
    addSwatch(revision, 'ready');
    addWord(revision === 0 ? 'old' : revision === 1 ? 'new' : `change ${revision}`, getHue(revision).text);
  }
  x += 10;
  for (const state of VISIBLE_STATES) {
    for (const revision of revisions.slice(0, 2)) addSwatch(revision, state);
    addWord(state, INK.text);
  }
  return [
    createLayer('swatches', swatches, (data) => ({
      type: 'rect',
      from: { data },
      aria: false,
      encode: { update: fromFields('x', 'y', 'width', 'height', 'fill', 'stroke', 'strokeDash') },
    })),
    createLayer('swatchWords', words, texts({ fontSize: FONT.small })),
  ];
}
