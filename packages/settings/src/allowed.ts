import { Kind, type TSchema } from '@sinclair/typebox';

/**
 * What a schema accepts, in words that finish the sentence "PORT must be …". A schema may carry its own
 * words as `allowed`, or as its `title`.
 */
export function allowed(schema: TSchema): string {
  const { minimum, maximum, anyOf } = schema as {
    minimum?: number;
    maximum?: number;
    anyOf?: readonly { const: string }[];
  };
  const words: unknown = schema['allowed'] ?? schema.title;
  if (typeof words === 'string') {
    return words;
  }
  if (anyOf) {
    return `one of ${anyOf.map((option) => option.const).join(', ')}`;
  }
  if (schema[Kind] === 'Integer' || schema[Kind] === 'Number') {
    const kind = schema[Kind] === 'Integer' ? 'a whole number' : 'a number';
    return `${kind} from ${minimum ?? '-∞'} to ${maximum ?? '∞'}`;
  }
  return 'a text of at least one character';
}

/** A refused value as an error message shows it: as JSON, cut to a length that a log line bears. */
export function shown(value: unknown): string {
  const text = typeof value === 'number' ? String(value) : json(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

/** JSON can be read at any depth, but is written by recursion. */
function json(value: unknown): string {
  try {
    return value === undefined ? 'nothing' : JSON.stringify(value);
  } catch {
    return 'a value nested too deep to be shown';
  }
}

const JSON_NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

/**
 * The number that a text from a URL or the environment stands for, written as JSON writes numbers. Any other
 * text comes back as it is, for the schema to refuse: `Number` would take "", " 5" and "0x3" too.
 */
export function numberIn(text: unknown): unknown {
  const number = typeof text === 'string' && JSON_NUMBER.test(text) ? Number(text) : NaN;
  return Number.isFinite(number) ? number : text;
}
