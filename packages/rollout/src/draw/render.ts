import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Spec } from 'vega';

const require = createRequire(import.meta.url);

/** Fonts from packages, so that a PNG does not depend on the fonts of the system. */
const FONT_FILES = [
  'ibm-plex-sans/400Regular/IBMPlexSans_400Regular.ttf',
  'ibm-plex-sans/600SemiBold/IBMPlexSans_600SemiBold.ttf',
  'ibm-plex-mono/400Regular/IBMPlexMono_400Regular.ttf',
  'ibm-plex-mono/700Bold/IBMPlexMono_700Bold.ttf',
];

function resolveFont(file: string): string {
  const [name = '', ...rest] = file.split('/');
  return join(dirname(require.resolve(`@expo-google-fonts/${name}/package.json`)), ...rest);
}

/** Rounds coordinates to 0.01 px, which makes smaller files with smaller diffs. */
function roundCoordinates(svg: string): string {
  const round = (digits: string): string => String(Math.round(Number(digits) * 100) / 100);
  return svg.replace(/ (?:d|transform|[xy]2?|width|height)="[^"]*"/g, (attribute) =>
    attribute.replace(/\d+\.\d{3,}/g, round),
  );
}

/** Renders a Vega specification as SVG, without a browser. */
export async function specToSvg(spec: Spec): Promise<string> {
  const vega = await import('vega');
  const view = new vega.View(vega.parse(spec), { renderer: 'none' });
  try {
    vega.resetSVGDefIds(); // ids count up over all pictures of a process
    return `${roundCoordinates(await view.toSVG())}\n`;
  } finally {
    view.finalize();
  }
}

/**
 * Renders an SVG as PNG.
 *
 * @param scale pixels of the PNG per pixel of the SVG
 */
export async function svgToPng(svg: string, scale = 2): Promise<Buffer> {
  const { Resvg } = await import('@resvg/resvg-js');
  const fontFiles = FONT_FILES.map(resolveFont);
  const resvg = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: scale },
    font: { fontFiles, loadSystemFonts: false, defaultFontFamily: 'IBM Plex Sans' },
  });
  return resvg.render().asPng();
}
