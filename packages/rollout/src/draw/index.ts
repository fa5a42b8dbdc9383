import type { Timeline } from '../timeline/timeline';
import { specToHtml } from './html';
import { specToSvg, svgToPng } from './render';
import { pictureSpec } from './spec';

export { specToHtml } from './html';
export { specToSvg, svgToPng } from './render';
export { pictureSpec, type PictureOptions } from './spec';
export { terminalSvg, type Screen } from './terminal-svg';

/** The formats of a picture. */
export const FORMATS = ['svg', 'png', 'html'] as const;
/** A format of a picture. */
export type Format = (typeof FORMATS)[number];

/**
 * Draws timelines, one below the other on one time axis. The same timelines give the same bytes.
 *
 * @returns a string for SVG and HTML, a Buffer for PNG
 * @throws InputError without a timeline
 */
export async function draw(timelines: readonly Timeline[], format: Format): Promise<string | Buffer> {
  if (format === 'html') return specToHtml(pictureSpec(timelines, { interactive: true }));
  const svg = await specToSvg(pictureSpec(timelines));
  return format === 'svg' ? svg : svgToPng(svg);
}
