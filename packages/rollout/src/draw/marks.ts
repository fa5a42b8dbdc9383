import type { Data, EncodeEntry, Mark, NumericValueRef } from 'vega';
import { FONT } from './layout.ts';
import { INK } from './palette.ts';

/** One row of a Vega data set. */
export type Row = Readonly<Record<string, unknown>>;

/** A mark and the rows that it draws. */
export interface Layer {
  readonly data: Data;
  readonly mark: Mark;
}

/** Creates a mark for a data set. */
type CreateMark = (data: string) => Mark;

/** Creates a layer. */
export const createLayer = (name: string, rows: readonly Row[], createMark: CreateMark): Layer => ({
  data: { name, values: [...rows] },
  mark: createMark(name),
});

const atTime = (field: string, offset = 0): NumericValueRef => ({ scale: 'time', field, offset });

/** Encodes channels by the fields of the same names. */
export const fromFields = (...names: readonly string[]): EncodeEntry =>
  Object.fromEntries(names.map((field) => [field, { field }]));

/** Encodes channels by constant values. */
export const fromValues = (values: Row): EncodeEntry =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value }]));

const createMark =
  (type: 'rect' | 'rule' | 'text', update: EncodeEntry, hover?: EncodeEntry): CreateMark =>
  (data) => ({ type, from: { data }, aria: false, encode: { update, ...(hover && { hover }) } });

/**
 * Draws bars. Fields of a row: `from`, `to`, `y`, `height`, `fill`, `stroke`, `strokeDash`, `tooltip`.
 *
 * @param overlap pixels by which each bar overlaps the next, to hide the seam
 */
export const bars = (values: Row = {}, overlap = 0): CreateMark =>
  createMark(
    'rect',
    {
      x: atTime('from'),
      x2: atTime('to', overlap),
      ...fromFields('y', 'height', 'fill', 'stroke', 'strokeDash', 'tooltip'),
      ...fromValues({ strokeWidth: 1, ...values }),
    },
    fromValues({ stroke: INK.text, strokeWidth: 2 }),
  );

/** Draws vertical lines at a time. Fields of a row: `at`, `y`, `y2`. */
export const verticalLines = (): CreateMark =>
  createMark('rule', {
    x: atTime('at'),
    ...fromFields('y', 'y2'),
    ...fromValues({ stroke: INK.text, strokeWidth: 1 }),
  });

/** Draws texts. Fields of a row: `x`, `y`, `text`, `fill`. */
export const texts = (values: Row): CreateMark =>
  createMark('text', { ...fromFields('x', 'y', 'text', 'fill'), ...fromValues(values) });

/** Draws texts at a time. Fields of a row: `at`, `y`, `text`, `fill`, `align`, `dx`. */
export const timedTexts = (values: Row): CreateMark =>
  createMark('text', {
    x: atTime('at'),
    ...fromFields('y', 'text', 'fill', 'align', 'dx'),
    ...fromValues({ fontSize: FONT.small, ...values }),
  });

/** Draws crosses at a time. Fields of a row: `at`, `y`. */
export const crosses = (): CreateMark =>
  createMark('text', {
    x: atTime('at', 3),
    ...fromFields('y'),
    ...fromValues({ text: '×', fill: '#ffffff', fontSize: FONT.small, baseline: 'middle' }),
  });
