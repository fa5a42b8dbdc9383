import { InvalidArgumentError } from 'commander';

/** Returns a parser for an option that is a number. */
export const number =
  (min: number, max = Infinity) =>
  (given: string): number => {
    const value = given.trim() === '' ? NaN : Number(given);
    if (Number.isFinite(value) && value >= min && value <= max) return value;
    throw new InvalidArgumentError(`expected a number from ${min}${max === Infinity ? '' : ` to ${max}`}.`);
  };

/** Returns a parser for an option that is an integer. */
export const integer =
  (min: number) =>
  (given: string): number => {
    const value = given.trim() === '' ? NaN : Number(given);
    if (Number.isSafeInteger(value) && value >= min) return value;
    throw new InvalidArgumentError(`expected an integer from ${min}.`);
  };

/** Returns a parser for an option that can be repeated. */
export const repeated =
  <Value>(parse: (given: string) => Value) =>
  (given: string, before: readonly Value[] = []): Value[] => [...before, parse(given)];
