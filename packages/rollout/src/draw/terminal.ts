/** What a terminal showed. */
export interface Screen {
  /** What its title bar says. */
  readonly title: string;
  /** What was printed, as captured; a line that begins with `$ ` is a command. */
  readonly text: string;
  /** @default as many as the longest line has, 80 at the least */
  readonly columns?: number;
}

const FONT = { size: 14, line: 20, width: 8.4 };
const PAD = { x: 18, top: 52, bottom: 16 };
const FONT_STACK = "'IBM Plex Mono', 'DejaVu Sans Mono', Menlo, Consolas, monospace";
const COLORS = {
  window: '#1c2128',
  bar: '#2d333b',
  title: '#adbac7',
  text: '#d7dee6',
  command: '#7ee787',
  lights: ['#ff5f57', '#febc2e', '#28c840'],
};
const TAB = 8;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** Text as a terminal lays it out: no colours, no carriage returns, tabs as spaces. */
function plain(line: string): string {
  // captures of programs that colour their output hold escape sequences
  const escape = String.fromCharCode(27);
  const shown = line
    .replaceAll(new RegExp(`${escape}\\[[0-9;?]*[A-Za-z]`, 'g'), '')
    .replace(/^.*\r(?=.)/, '');
  return shown
    .replace(/\s+$/, '')
    .split('\t')
    .reduce((text, part, index) =>
      index === 0 ? part : text.padEnd(text.length + TAB - (text.length % TAB)) + part,
    );
}

/** Lines no longer than so many characters, cut as a terminal cuts them. */
function wrapped(line: string, columns: number): string[] {
  const parts = [];
  for (let from = 0; from === 0 || from < line.length; from += columns)
    parts.push(line.slice(from, from + columns));
  return parts;
}

/**
 * A picture of a terminal with real output in it, as SVG; `svgToPng` makes it a PNG.
 * The same text gives the same bytes.
 */
export function terminalSvg({ title, text, columns }: Screen): string {
  const lines = text.replace(/\s+$/, '').split('\n').map(plain);
  const most = columns ?? Math.max(80, ...lines.map((line) => line.length));
  const rows = lines.flatMap((line) => {
    const fill = line.startsWith('$ ') ? COLORS.command : COLORS.text;
    return wrapped(line, most).map((part) => ({ part, fill }));
  });
  const width = Math.ceil(most * FONT.width + 2 * PAD.x);
  const height = PAD.top + rows.length * FONT.line + PAD.bottom;
  const lights = COLORS.lights.map(
    (fill, index) => `<circle cx="${20 + index * 20}" cy="18" r="6" fill="${fill}"/>`,
  );
  const printed = rows.flatMap(({ part, fill }, index) => {
    if (part.trim() === '') return [];
    // the length keeps columns in line where the reader has another font
    const length = (part.length * FONT.width).toFixed(1);
    const y = PAD.top + (index + 0.7) * FONT.line - 4;
    return `<text x="${PAD.x}" y="${y.toFixed(1)}" fill="${fill}" textLength="${length}" lengthAdjust="spacingAndGlyphs" xml:space="preserve">${escaped(part)}</text>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(title)}" font-family="${FONT_STACK}" font-size="${FONT.size}">`,
    `<rect width="${width}" height="${height}" rx="10" fill="${COLORS.window}"/>`,
    `<path d="M0 36V10A10 10 0 0 1 10 0H${width - 10}A10 10 0 0 1 ${width} 10V36Z" fill="${COLORS.bar}"/>`,
    ...lights,
    `<text x="${width / 2}" y="23" fill="${COLORS.title}" text-anchor="middle" font-size="13">${escaped(title)}</text>`,
    ...printed,
    '</svg>',
    '',
  ].join('\n');
}
