import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import { styleText } from 'node:util';

/** Contents of files by the names that the difference shows. */
export type FileContents = Readonly<Record<string, string>>;

/** Options of `difference`. */
export interface DifferenceOptions {
  /** Unchanged lines shown around each change. @default 3 */
  readonly context?: number;
  /** Whether to colour the lines for a terminal. @default false */
  readonly colour?: boolean;
}

const STYLES = [
  ['--- ', 'bold'],
  ['+++ ', 'bold'],
  ['@@', 'cyan'],
  ['+', 'green'],
  ['-', 'red'],
] as const;

/** Returns the changes between two sets of files as unified diffs; an empty string if there are none. */
export function difference(
  before: FileContents,
  after: FileContents,
  options: DifferenceOptions = {},
): string {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names
    .filter((name) => before[name] !== after[name])
    .map((name) => unifiedDiff(name, before[name], after[name], options))
    .join('\n');
}

function unifiedDiff(
  name: string,
  before: string | undefined,
  after: string | undefined,
  { context = 3, colour = false }: DifferenceOptions,
): string {
  const from = before === undefined ? '/dev/null' : name;
  const to = after === undefined ? '/dev/null' : name;
  const patch = createTwoFilesPatch(from, to, before ?? '', after ?? '', '', '', {
    context,
    headerOptions: FILE_HEADERS_ONLY,
  });
  const lines = patch.trimEnd().split('\n');
  return (colour ? lines.map(coloured) : lines).join('\n');
}

function coloured(line: string): string {
  const [, style] = STYLES.find(([start]) => line.startsWith(start)) ?? [];
  // the caller knows whether standard output is a terminal
  return style ? styleText(style, line, { validateStream: false }) : line;
}
