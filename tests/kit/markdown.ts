type Cell = string | number;

const line = (cells: readonly Cell[]): string => `| ${cells.join(' | ')} |`;

/** A pipe or a line break would end the cell. */
const escapeCell = (cell: Cell): string => String(cell).replaceAll('|', '\\|').replace(/\r?\n/g, ' ');

/**
 * Returns a Markdown table.
 *
 * @param rows each with as many cells as the head
 */
export function markdownTable(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => line(cells.map(escapeCell))).join('\n');
}
