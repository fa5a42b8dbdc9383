import type { Verdict } from './check.ts';
import type { Order } from '../timeline/orders.ts';
import { formatRange } from './situation.ts';

/** Width of a terminal in characters. */
const WIDTH = 80;
/** Keeps a number and its unit on one line. */
const NO_BREAK = '\u00a0';

/** Breaks a line between words at the width of a terminal; further lines are indented. */
export function wrap(line: string, indent: number): string[] {
  const lines: string[] = [];
  let rest = line.replace(/(\d) s\b/g, `$1${NO_BREAK}s`);
  while (rest.length > WIDTH) {
    const space = rest.lastIndexOf(' ', WIDTH);
    if (space <= indent) break;
    lines.push(rest.slice(0, space));
    rest = `${''.padEnd(indent)}${rest.slice(space + 1)}`;
  }
  return [...lines, rest].map((each) => each.replaceAll(NO_BREAK, ' '));
}

const INDENT = 28;

/** Returns a table: the pods after each step. */
function describeOrder(order: Order): string[] {
  const row = (cells: readonly (string | number)[], does: string): string =>
    `    ${cells.map((cell, index) => String(cell).padStart(index === 3 ? 8 : 6)).join('')}  ${does}`.trimEnd();
  return [
    row(['', 'old', '', '', 'new'], ''),
    row(['live', 'ready', 'term.', 'live', 'ready'], ''),
    ...order.map(({ does, old, new: now }) =>
      row([old.total, old.ready, old.terminating, now.total, now.ready], does),
    ),
  ];
}

/** Describes what the search over every order of steps found. */
function describeOrders({ outcome, draws, orders }: Verdict): string[] {
  if (!orders) return [];
  const begin = ''.padEnd(INDENT);
  if (outcome === 'always') return [`${begin}in every order of steps`];
  if (outcome === 'never') return [`${begin}in no order of steps`];
  if (draws?.held === 0 && orders.holds)
    return [`${begin}holds in this order of steps, the smallest:`, ...describeOrder(orders.holds)];
  if (!orders.breaks) return [];
  return [`${begin}does not hold in this order of steps, the smallest:`, ...describeOrder(orders.breaks)];
}

/** Returns lines for a terminal: the outcome, the situation, and the numbers that decide. */
export function describeVerdict(verdict: Verdict): string[] {
  const { expect, outcome, because, draws, spans, decides, settles } = verdict;
  const orders = describeOrders(verdict);
  const begin = `${outcome.padEnd(9)} ${expect.padEnd(17)} `;
  const indented = (words: string): string[] => wrap(`${''.padEnd(INDENT)}${words}`, INDENT);
  const span = spans && `, for ${formatRange([spans.shortest, spans.longest])}`;
  if (outcome !== 'race') {
    const differs = span !== undefined && spans?.shortest !== spans?.longest;
    const all = differs ? ` (all draws: ${span.slice(2)})` : '';
    return [...wrap(`${begin}${because}${all}`, INDENT), ...orders];
  }
  return [
    ...wrap(`${begin}in ${draws?.held} of ${draws?.of} draws${span ?? ''}; shown: ${because}`, INDENT),
    ...(decides === undefined ? [] : indented(`decided by: ${decides}`)),
    ...(settles === undefined ? [] : indented(`settled by: ${settles}`)),
    ...orders,
  ];
}
