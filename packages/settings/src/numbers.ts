const JSON_NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;
const DECIMAL_INTEGER = /^(0|-?[1-9]\d*)$/;

/**
 * Returns the number that a string from a URL or the environment stands for, in JSON's notation
 * (`6e1` is 60). Returns anything else unchanged, so that the schema refuses it: `Number` alone
 * would also accept "", " 5" and "0x3".
 */
export function numberIn(value: unknown): unknown {
  const number = typeof value === 'string' && JSON_NUMBER.test(value) ? Number(value) : NaN;
  return Number.isFinite(number) ? number : value;
}

/** Returns the integer that a string of decimal digits stands for, and any other string unchanged (`1e1`, `3.0`). */
export function integerIn(value: string): unknown {
  return DECIMAL_INTEGER.test(value) ? numberIn(value) : value;
}
