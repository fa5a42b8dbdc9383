import type { Timeline } from '../timeline/timeline.ts';
import type { Format } from './formats.ts';
import { specToHtml } from './html.ts';
import { specToSvg, svgToPng } from './render.ts';
import { pictureSpec } from './spec.ts';

export { FORMATS, type Format } from './formats.ts';
export { specToHtml } from './html.ts';
export { specToSvg, svgToPng } from './render.ts';
export { pictureSpec, type PictureOptions } from './spec.ts';
export { terminalSvg, type Screen } from './terminal-svg.ts';

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
