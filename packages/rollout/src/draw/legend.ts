import { FONT, FRAME } from './layout';
import type { Row } from './marks';
import { hueOf, INK, LOOKS, VISIBLE_STATES } from './palette';
import { widthOf } from './words';

const SWATCH = { width: 20, height: 12, gap: 3 };

/** The swatches and words that explain lanes: each state in each version's colours. */
export function legendRows(revisions: readonly number[], y: number): { swatches: Row[]; words: Row[] } {
  const swatches: Row[] = [];
  const words: Row[] = [];
  let x = -FRAME.left;
  const word = (text: string, fill: string): void => {
    words.push({ x, y, text, fill });
    x += widthOf(text, FONT.small) + 16;
  };
  const swatch = (revision: number, state: (typeof VISIBLE_STATES)[number]): void => {
    const [look, hue] = [LOOKS[state], hueOf(revision)];
    const height = Math.max(2, look.height * SWATCH.height);
    swatches.push({
      x,
      y: y - 4 - height / 2,
      width: SWATCH.width,
      height,
      fill: look.fill(hue),
      stroke: look.stroke(hue) ?? null,
      strokeDash: look.dash ?? [],
    });
    x += SWATCH.width + SWATCH.gap;
  };
  for (const revision of revisions) {
    swatch(revision, 'ready');
    word(revision === 0 ? 'old' : revision === 1 ? 'new' : `change ${revision}`, hueOf(revision).text);
  }
  x += 10;
  for (const state of VISIBLE_STATES) {
    for (const revision of revisions.slice(0, 2)) swatch(revision, state);
    word(state, INK.text);
  }
  return { swatches, words };
}
