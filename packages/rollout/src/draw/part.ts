import type { Axis, Scale } from 'vega';
import type { Layer } from './marks.ts';
import { INK } from './palette.ts';

/** A part of a picture. */
export interface Part {
  /** Layers on the time axis, clipped at the left and right edge. */
  readonly inside: readonly Layer[];
  /** Layers that are not clipped. */
  readonly outside: readonly Layer[];
  readonly scales: readonly Scale[];
  readonly axes: readonly Axis[];
}

/** Returns the scale and the axis of a chart of counts from 0 to `most`. */
export function createCountScale(
  name: string,
  most: number,
  { top, height }: { readonly top: number; readonly height: number },
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
