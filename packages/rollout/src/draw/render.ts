import type { Spec } from 'vega' with { 'resolution-mode': 'import' };
import { fontFiles } from './fonts';

/** Hundredths of a pixel are enough, and make files that are smaller and differ less. */
function rounded(svg: string): string {
  const short = (digits: string): string => String(Math.round(Number(digits) * 100) / 100);
  return svg.replace(/ (?:d|transform|[xy]2?|width|height)="[^"]*"/g, (attribute) =>
    attribute.replace(/\d+\.\d{3,}/g, short),
  );
}

/** Draws a specification as SVG. No browser is needed. */
export async function specToSvg(spec: Spec): Promise<string> {
  const vega = await import('vega');
  const view = new vega.View(vega.parse(spec), { renderer: 'none' });
  try {
    vega.resetSVGDefIds(); // else what was drawn before in this process would tell
    return `${rounded(await view.toSVG())}\n`;
  } finally {
    view.finalize();
  }
}

/**
 * Draws an SVG as PNG with the shipped fonts.
 *
 * @param scale pixels of the PNG for each of the SVG
 */
export async function svgToPng(svg: string, scale = 2): Promise<Buffer> {
  const { Resvg } = await import('@resvg/resvg-js');
  const resvg = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: scale },
    font: { fontFiles: fontFiles(), loadSystemFonts: false, defaultFontFamily: 'IBM Plex Sans' },
  });
  return resvg.render().asPng();
}
