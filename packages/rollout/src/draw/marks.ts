import type { EncodeEntry, Mark, NumericValueRef } from 'vega' with {
  'resolution-mode': 'import',
};
import { FONT } from './layout';
import { INK } from './palette';

export type Row = Readonly<Record<string, unknown>>;
type Fields = Readonly<Record<string, string | number | boolean | readonly unknown[] | object | undefined>>;

const field = (name: string): { field: string } => ({ field: name });
/** A time, on the scale that all panels share. */
export const time = (name: string, offset = 0): NumericValueRef => ({ scale: 'time', field: name, offset });

/** Reads each of these from the row's field of the same name. */
const fromRow = (...names: readonly string[]): EncodeEntry =>
  Object.fromEntries(names.map((name) => [name, field(name)]));

const values = (fields: Fields): EncodeEntry =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, { value }]));

type Kind = 'rect' | 'rule' | 'text' | 'area' | 'line' | 'symbol';
function mark(type: Kind, data: string, update: EncodeEntry): Mark {
  return { type, from: { data }, aria: false, encode: { update } };
}

/**
 * Bars in time: rows of `from`, `to`, `y`, `height`, `fill`, `stroke`, `strokeDash`, `tooltip`.
 *
 * @param overlap how far one reaches over the next, so that no seam shows
 */
export const bars = (data: string, fields: Fields = {}, overlap = 0): Mark => {
  const update: EncodeEntry = {
    x: time('from'),
    x2: time('to', overlap),
    ...fromRow('y', 'height', 'fill', 'stroke', 'strokeDash', 'tooltip'),
    ...values({ strokeWidth: 1, ...fields }),
  };
  const hover = values({ stroke: INK.text, strokeWidth: 2 });
  return { type: 'rect', from: { data }, aria: false, encode: { update, hover } };
};

/** Upright lines: rows of `at`, `y`, `y2`. */
export const uprights = (data: string, fields: Fields = {}): Mark =>
  mark('rule', data, {
    x: time('at'),
    ...fromRow('y', 'y2'),
    ...values({ stroke: INK.text, strokeWidth: 1, ...fields }),
  });

/** Texts at a place: rows of `x`, `y`, `text`, `fill`. */
export const texts = (data: string, fields: Fields = {}): Mark =>
  mark('text', data, { ...fromRow('x', 'y', 'text', 'fill'), ...values({ fontSize: FONT.text, ...fields }) });

/** Texts at a time: rows of `at`, `y`, `text`, `fill`, `align`, `dx`. */
export const timedTexts = (data: string, fields: Fields = {}): Mark =>
  mark('text', data, {
    x: time('at'),
    ...fromRow('y', 'text', 'fill', 'align', 'dx'),
    ...values({ fontSize: FONT.small, ...fields }),
  });

/** Crosses at a time: rows of `at`, `y`. */
export const crosses = (data: string): Mark =>
  mark('text', data, {
    x: time('at', 3),
    ...fromRow('y'),
    ...values({ text: '×', fill: '#ffffff', fontSize: FONT.small, baseline: 'middle' }),
  });
