import type { Timeline } from '../timeline/timeline';
import { specToHtml } from './html';
import { specToSvg, svgToPng } from './render';
import { pictureSpec } from './spec';

export { pictureSpec } from './spec';
export { specToSvg, svgToPng } from './render';
export { specToHtml } from './html';
export { terminalSvg, type Screen } from './terminal';

/** What a picture can be written as. */
export const FORMATS = ['svg', 'png', 'html'] as const;
export type Format = (typeof FORMATS)[number];

/**
 * Draws timelines, one below the other over the same time. The same timelines give
 * the same bytes.
 *
 * @throws InputError without a timeline
 */
export async function draw(timelines: readonly Timeline[], format: Format): Promise<string | Buffer> {
  if (format === 'html') return specToHtml(pictureSpec(timelines, { interactive: true }));
  const svg = await specToSvg(pictureSpec(timelines));
  return format === 'svg' ? svg : svgToPng(svg);
}
