const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** A cell stays in its column whatever it holds. */
const escaped = (cell: string): string => cell.replaceAll('|', '\\|').replace(/\r?\n/g, ' ');

/**
 * Returns a Markdown table.
 *
 * @param rows of as many cells as the head
 */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => line(cells.map(escaped))).join('\n');
}
