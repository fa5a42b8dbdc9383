import { randomInt } from 'node:crypto';
import type { Expression } from './expression';

/** Meaning of a marker in a manifest. */
export type Meaning =
  | { readonly kind: 'expression'; readonly expression: Expression }
  | { readonly kind: 'optional'; readonly condition: Expression }
  | { readonly kind: 'repeated'; readonly list: Expression; readonly variable: string };

// Random, so that no string or number of a user can equal a marker. It does not change the output: all markers share
// it, so they sort in the order in which they were created.
const NONCE = String(randomInt(2 ** 32, 2 ** 40));
const LOWEST = 2 ** 52 + randomInt(2 ** 29);
const STEP = 2 ** 29;

const meanings: Meaning[] = [];

function register(meaning: Meaning): number {
  return meanings.push(meaning) - 1;
}

function nameOf(index: number): string {
  return `\uE000${NONCE}-${String(index).padStart(6, '0')}\uE001`;
}

const MARKER = new RegExp(`\uE000${NONCE}-(\\d+)\uE001`, 'g');

/** Start of a marker, which remains when a string is cut. */
const CUT = `\uE000${NONCE.slice(0, 4)}`;

/** Returns a string that stands for a meaning. */
export function marker(meaning: Meaning): string {
  return nameOf(register(meaning));
}

/** Returns a string that stands for an expression. It can be part of a longer string. */
export function stringMarker(expression: Expression): string {
  return marker({ kind: 'expression', expression });
}

/** Returns a number that stands for an expression. Arithmetic on it is an error when the object is rendered. */
export function numericMarker(expression: Expression): number {
  return LOWEST + register({ kind: 'expression', expression }) * STEP;
}

/** A piece of a string: either a fixed string, or the meaning of a marker. */
export type Piece = string | Meaning;

/**
 * Splits a string at its markers.
 *
 * @throws ReferenceMisuse for a marker that was cut, or for the result of arithmetic on a marker
 */
export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const { index, 0: found, 1: number } of text.matchAll(MARKER)) {
    pieces.push(...numbersWithin(text.slice(end, index)), meaningAt(Number(number)));
    end = index + found.length;
  }
  pieces.push(...numbersWithin(text.slice(end)));
  return pieces.filter((piece) => piece !== '');
}

/**
 * Returns the meaning of a number, or undefined if the number is no marker.
 *
 * @throws ReferenceMisuse for the result of arithmetic on a marker
 */
export function meaningOfNumber(value: number): Meaning | undefined {
  const index = (value - LOWEST) / STEP;
  if (Number.isInteger(index) && index >= 0 && index < meanings.length) {
    return meanings[index];
  }
  if (Math.abs(value) >= LOWEST || isDerived(value)) {
    throw arithmeticError(value);
  }
  return undefined;
}

/** A reference to a value was used as if it were the value. */
export class ReferenceMisuse extends Error {
  override readonly name = 'ReferenceMisuse';
}

function meaningAt(index: number): Meaning {
  const meaning = meanings[index];
  if (!meaning) {
    throw new ReferenceMisuse(
      `marker ${index} does not exist; was it created by another copy of this package?`,
    );
  }
  return meaning;
}

/** Splits a string at the numeric markers in it, which `String(replicas)` puts there. */
function numbersWithin(text: string): Piece[] {
  if (text.includes(NONCE) || text.includes(CUT)) {
    throw new ReferenceMisuse(
      `${JSON.stringify(text)}: a string with a reference was cut; references cannot be sliced or trimmed`,
    );
  }
  for (const { index, 1: digits = '' } of text.matchAll(/(?=(\d{16}))/g)) {
    const found = (Number(digits) - LOWEST) / STEP;
    if (Number.isInteger(found) && found >= 0 && found < meanings.length) {
      return [
        text.slice(0, index),
        asString(meaningAt(found)),
        ...numbersWithin(text.slice(index + digits.length)),
      ];
    }
  }
  const derived = text.match(/\d{13,16}(\.\d+)?/g)?.find((digits) => isDerived(Number(digits)));
  if (derived !== undefined) {
    throw arithmeticError(derived);
  }
  return [text];
}

function asString(meaning: Meaning): Meaning {
  return meaning.kind === 'expression'
    ? { kind: 'expression', expression: { ...meaning.expression, asString: true } }
    : meaning;
}

function arithmeticError(value: number | string): ReferenceMisuse {
  return new ReferenceMisuse(
    `${value} is the result of arithmetic on a reference; use plus() or times(), which Helm computes`,
  );
}

/**
 * Returns whether a number is a marker to which a number was added, or which was divided by an integer, as in a
 * conversion from milliseconds to seconds. One in a million of a user's own numbers from 2^40 on looks like that.
 */
function isDerived(value: number): boolean {
  if (value < 2 ** 40) {
    return false;
  }
  const nearest = Math.round((value - LOWEST) / STEP);
  if (nearest >= 0 && nearest < meanings.length && Math.abs(LOWEST + nearest * STEP - value) < 2 ** 20) {
    return true;
  }
  return meanings.some((_, index) => {
    const number = LOWEST + index * STEP;
    return Math.abs(number / Math.round(number / value) - value) < 1;
  });
}
