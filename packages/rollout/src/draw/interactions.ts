import type { Signal } from 'vega' with { 'resolution-mode': 'import' };
import { FRAME } from './layout';

/**
 * The span of time that is shown: fixed, or moved with the pointer. The wheel zooms
 * about the pointer, dragging moves, a double click shows all again.
 */
export function interactions([from, to]: readonly [number, number], interactive: boolean): Signal[] {
  const span = { name: 'span', value: [from, to] };
  if (!interactive) return [span];
  const within = (left: string, right: string): string =>
    `[clamp(${left}, ${from}, ${to - 0.01}), clamp(${right}, ${from + 0.01}, ${to})]`;
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
          update: within('anchor + (span[0] - anchor) * zoom', 'anchor + (span[1] - anchor) * zoom'),
        },
        {
          events: '[pointerdown, window:pointerup] > window:pointermove!',
          update: `clampRange([held.span[0] - (x() - held.x) * (held.span[1] - held.span[0]) / ${FRAME.width}, held.span[1] - (x() - held.x) * (held.span[1] - held.span[0]) / ${FRAME.width}], ${from}, ${to})`,
        },
        { events: 'dblclick', update: `[${from}, ${to}]` },
      ],
    },
  ];
}
