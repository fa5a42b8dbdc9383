import type { Axis, Data, Mark, Scale } from 'vega' with { 'resolution-mode': 'import' };
import type { Row } from './marks';
import { INK } from './palette';

/** What a part of the picture adds to its specification. */
export interface Part {
  readonly data: readonly Data[];
  readonly scales: readonly Scale[];
  readonly axes: readonly Axis[];
  /** What goes with the time, and is cut at the sides. */
  readonly inside: readonly Mark[];
  readonly outside: readonly Mark[];
}

export const table = (name: string, values: readonly Row[]): Data => ({ name, values: [...values] });

/** Ready pods, or requests: a small chart with an axis of its own. */
export function chartFrame(
  name: string,
  most: number,
  top: number,
  height: number,
): Pick<Part, 'scales' | 'axes'> {
  return {
    scales: [
      { name, type: 'linear', domain: [0, most], range: [top + height, top], nice: false, zero: true },
    ],
    axes: [
      {
        orient: 'left',
        scale: name,
        tickCount: Math.min(4, most),
        tickMinStep: 1,
        format: 'd',
        domainColor: INK.line,
        tickColor: INK.line,
        labelColor: INK.soft,
      },
    ],
  };
}
