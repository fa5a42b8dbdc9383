import type { Signal } from 'vega';
import type { Span } from '../situations/situation.ts';
import { FRAME } from './layout.ts';

/**
 * Returns the signal `span`, the visible part of the time axis, and in an interactive picture the signals
 * that change it: scroll to zoom at the pointer, drag to pan, double-click to reset.
 */
export function createInteractions({ from, to }: Span, interactive: boolean): Signal[] {
  const span = { name: 'span', value: [from, to] };
  if (!interactive) return [span];
  const clamp = (left: string, right: string): string =>
    `[clamp(${left}, ${from}, ${to - 0.01}), clamp(${right}, ${from + 0.01}, ${to})]`;
  const panned = `(x() - held.x) * (held.span[1] - held.span[0]) / ${FRAME.width}`;
  return [
    {
      name: 'anchor',
      value: 0,
      on: [{ events: 'wheel', update: `span[0] + (span[1] - span[0]) * x() / ${FRAME.width}` }],
    },
    {
      name: 'zoom',
      value: 1,
      on: [{ events: 'wheel!', force: true, update: 'pow(1.0015, event.deltaY * pow(16, event.deltaMode))' }],
    },
    {
      name: 'held',
      value: { x: 0, span: [from, to] },
      on: [{ events: 'pointerdown', update: '{x: x(), span: span}' }],
    },
    {
      ...span,
      on: [
        {
          events: { signal: 'zoom' },
          update: clamp('anchor + (span[0] - anchor) * zoom', 'anchor + (span[1] - anchor) * zoom'),
        },
        {
          events: '[pointerdown, window:pointerup] > window:pointermove!',
          update: `clampRange([held.span[0] - ${panned}, held.span[1] - ${panned}], ${from}, ${to})`,
        },
        { events: 'dblclick', update: `[${from}, ${to}]` },
      ],
    },
  ];
}
