import { InvalidArgumentError } from 'commander';

/** A number of at least so much, of an option's text. */
export const number =
  (least: number, { whole = false, most = Infinity } = {}) =>
  (text: string): number => {
    const value = text.trim() === '' ? NaN : Number(text);
    const fits = value >= least && value <= most && (!whole || Number.isInteger(value));
    if (fits && Number.isFinite(value)) return value;
    const upTo = most === Infinity ? '' : ` to ${most}`;
    throw new InvalidArgumentError(`expected a ${whole ? 'whole ' : ''}number from ${least}${upTo}.`);
  };

/** Gathers an option that may be given several times. */
export const gathered =
  <Value>(parse: (text: string) => Value) =>
  (text: string, before: readonly Value[] = []): Value[] => [...before, parse(text)];
