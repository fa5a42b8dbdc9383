import { randomInt } from 'node:crypto';
import type { Expression } from './expression';

/** What a marker that is met in a manifest stands for. */
export type Meaning =
  | { readonly kind: 'expression'; readonly expression: Expression }
  | { readonly kind: 'optional'; readonly condition: Expression }
  | { readonly kind: 'repeated'; readonly list: Expression; readonly variable: string };

// Drawn anew by each process, so that no text or number of a user can be taken for a marker. Neither gets
// into the output: it is the same for all markers, whose order when sorted is that in which they were made.
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

/** A marker's beginning, of a text that was cut after it. */
const CUT = `\uE000${NONCE.slice(0, 4)}`;

/** A text that stands for something else, and may be put inside a longer one. */
export function marker(meaning: Meaning): string {
  return nameOf(register(meaning));
}

/** A number that stands for an expression. Arithmetic on it is refused when it is met. */
export function numericMarker(expression: Expression): number {
  return LOWEST + register({ kind: 'expression', expression }) * STEP;
}

/** A piece of a text: the user's own, or what a marker in it stands for. */
export type Piece = string | Meaning;

/** Takes a text apart. A marker that was cut is an error. */
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

/** What a number stands for; undefined for a number that is the user's own. */
export function meaningOfNumber(value: number): Meaning | undefined {
  const index = (value - LOWEST) / STEP;
  if (Number.isInteger(index) && index >= 0 && index < meanings.length) {
    return meanings[index];
  }
  if (Math.abs(value) >= LOWEST || isDerived(value)) {
    throw calculated(value);
  }
  return undefined;
}

/** A reference to a value was treated as if it were the value. */
export class ReferenceMisuse extends Error {
  override readonly name = 'ReferenceMisuse';
}

function meaningAt(index: number): Meaning {
  const meaning = meanings[index];
  if (!meaning) {
    throw new ReferenceMisuse(`marker ${index} was never given out`);
  }
  return meaning;
}

/** Numbers that were put into a text, as by `String(replicas)`. */
function numbersWithin(text: string): Piece[] {
  if (text.includes(NONCE) || text.includes(CUT)) {
    throw new ReferenceMisuse(`${JSON.stringify(text)}: a text that refers to a value was cut`);
  }
  for (const { index, 1: digits = '' } of text.matchAll(/(?=(\d{16}))/g)) {
    const found = (Number(digits) - LOWEST) / STEP;
    if (Number.isInteger(found) && found >= 0 && found < meanings.length) {
      return [
        text.slice(0, index),
        asText(meaningAt(found)),
        ...numbersWithin(text.slice(index + digits.length)),
      ];
    }
  }
  const derived = text.match(/\d{13,16}(\.\d+)?/g)?.find((digits) => isDerived(Number(digits)));
  if (derived !== undefined) {
    throw calculated(derived);
  }
  return [text];
}

function asText(meaning: Meaning): Meaning {
  return meaning.kind === 'expression'
    ? { kind: 'expression', expression: { ...meaning.expression, asText: true } }
    : meaning;
}

function calculated(value: number | string): ReferenceMisuse {
  return new ReferenceMisuse(
    `${value}: a number that refers to a value was calculated with; use plus() or times(), which Helm works out`,
  );
}

/**
 * Whether a number is a marker to which something was added, or that was divided by a whole number, as
 * when milliseconds are made into seconds. Of a user's own numbers this large, one in a million looks so.
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
