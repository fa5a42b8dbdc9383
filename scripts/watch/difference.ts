import { styleText } from 'node:util';
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';

/** Texts by the names that they are told by. */
export type Texts = Readonly<Record<string, string>>;

/** Options of `difference`. */
export interface DifferenceOptions {
  /** Lines that are shown around each change. @default 3 */
  readonly context?: number;
  /** @default false */
  readonly colour?: boolean;
}

const STYLES = [
  ['--- ', 'bold'],
  ['+++ ', 'bold'],
  ['@@', 'cyan'],
  ['+', 'green'],
  ['-', 'red'],
] as const;

/** What has changed between texts, as unified diffs; empty where nothing has. */
export function difference(before: Texts, after: Texts, options: DifferenceOptions = {}): string {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names
    .filter((name) => before[name] !== after[name])
    .flatMap((name) => linesOf(name, before[name], after[name], options))
    .join('\n');
}

function linesOf(
  name: string,
  before: string | undefined,
  after: string | undefined,
  { context = 3, colour = false }: DifferenceOptions,
): string[] {
  const from = before === undefined ? '/dev/null' : name;
  const to = after === undefined ? '/dev/null' : name;
  const patch = createTwoFilesPatch(from, to, before ?? '', after ?? '', '', '', {
    context,
    headerOptions: FILE_HEADERS_ONLY,
  });
  const lines = patch.trimEnd().split('\n');
  return colour ? lines.map(coloured) : lines;
}

/** Whether there is a terminal to show colours is for the caller to know. */
const ALWAYS = { validateStream: false };

function coloured(line: string): string {
  const [, style] = STYLES.find(([start]) => line.startsWith(start)) ?? [];
  return style ? styleText(style, line, ALWAYS) : line;
}
