import { invalid, nonNegative } from '../field-error.ts';

type Percent = number | string;

const percentRule =
  "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')";

/** Returns whether a number of pods or a percentage is 0. */
export const isZero = (value: Percent): boolean => Number.parseInt(String(value), 10) === 0;

/** Yields errors for a number of pods or a percentage. */
export function* checkPercent(path: string, value: Percent): Generator<string> {
  if (typeof value === 'number') yield* nonNegative(path, value);
  else if (!/^[0-9]+%$/.test(value)) yield invalid(path, value, percentRule);
}

/** Yields an error for more than all pods, where at most all of them can be meant. */
export function* checkAtMostAll(path: string, value: Percent): Generator<string> {
  if (typeof value === 'string' && Number.parseInt(value, 10) > 100) {
    yield invalid(path, value, 'must not be greater than 100%');
  }
}
