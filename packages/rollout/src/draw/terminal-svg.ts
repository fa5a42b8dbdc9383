/** Output of a terminal. */
export interface Screen {
  /** The text of the title bar. */
  readonly title: string;
  /** The captured output. A line that begins with `$ ` is a command. */
  readonly text: string;
  /** Width in characters. @default - the longest line, at least 80 */
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
  buttons: ['#ff5f57', '#febc2e', '#28c840'],
};
const TAB = 8;
const ESCAPE_SEQUENCES = new RegExp(`${String.fromCharCode(27)}\\[[0-9;?]*[A-Za-z]`, 'g');

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** Returns a line as a terminal displays it: no escape sequences, no overwritten characters, tabs as spaces. */
function renderLine(line: string): string {
  const visible = line.replaceAll(ESCAPE_SEQUENCES, '').replace(/^.*\r(?=.)/, '');
  return visible
    .replace(/\s+$/, '')
    .split('\t')
    .reduce((text, part) => text.padEnd(text.length + TAB - (text.length % TAB)) + part);
}

/** Splits a line into parts of at most `columns` characters. */
function wrapLine(line: string, columns: number): string[] {
  const parts = [];
  for (let from = 0; from === 0 || from < line.length; from += columns)
    parts.push(line.slice(from, from + columns));
  return parts;
}

/** Draws the output of a terminal as SVG. The same screen gives the same bytes. */
export function terminalSvg({ title, text, columns }: Screen): string {
  const lines = text.replace(/\s+$/, '').split('\n').map(renderLine);
  const longest = columns ?? Math.max(80, ...lines.map((line) => line.length));
  const rows = lines.flatMap((line) => {
    const fill = line.startsWith('$ ') ? COLORS.command : COLORS.text;
    return wrapLine(line, longest).map((part) => ({ part, fill }));
  });
  const width = Math.ceil(longest * FONT.width + 2 * PAD.x);
  const height = PAD.top + rows.length * FONT.line + PAD.bottom;
  const buttons = COLORS.buttons.map(
    (fill, index) => `<circle cx="${20 + index * 20}" cy="18" r="6" fill="${fill}"/>`,
  );
  const output = rows.flatMap(({ part, fill }, index) => {
    if (part.trim() === '') return [];
    // textLength keeps the columns aligned when the viewer has another font.
    const length = (part.length * FONT.width).toFixed(1);
    const y = PAD.top + (index + 0.7) * FONT.line - 4;
    return `<text x="${PAD.x}" y="${y.toFixed(1)}" fill="${fill}" textLength="${length}" lengthAdjust="spacingAndGlyphs" xml:space="preserve">${escapeXml(part)}</text>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeXml(title)}" font-family="${FONT_STACK}" font-size="${FONT.size}">`,
    `<rect width="${width}" height="${height}" rx="10" fill="${COLORS.window}"/>`,
    `<path d="M0 36V10A10 10 0 0 1 10 0H${width - 10}A10 10 0 0 1 ${width} 10V36Z" fill="${COLORS.bar}"/>`,
    ...buttons,
    `<text x="${width / 2}" y="23" fill="${COLORS.title}" text-anchor="middle" font-size="13">${escapeXml(title)}</text>`,
    ...output,
    '</svg>',
    '',
  ].join('\n');
}
