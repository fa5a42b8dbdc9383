import { stringify } from 'yaml';
import { goString, operand, type Expression, type Root } from './expression';
import type { Filled, Scalar } from './nodes';

/** Line breaks of YAML 1.1, which Helm reads, besides `\n`; and invisible characters. */
const UNPRINTABLE = /[\u007f-\u009f\u2028\u2029\ufeff]/g;

/** Strings that would need indicators as a block, or that YAML 1.1 would break into lines. */
const NOT_BLOCK = /^\s|\t|\r|\n\n$|[\u007f-\u009f\u2028\u2029\ufeff]/;

/**
 * Returns the lines of a fixed scalar as YAML. Nothing in them can be read as a template. The caller must indent the
 * lines after the first further than the scalar's field.
 */
export function plainLines(value: string | number | boolean): string[] {
  const text =
    typeof value === 'string' && NOT_BLOCK.test(value)
      ? JSON.stringify(value).replace(
          UNPRINTABLE,
          (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
        )
      : stringify(value, { version: '1.1', lineWidth: 0 }).replace(/\n$/, '');
  return text.replaceAll('{{', '{{ "{{" }}').split('\n');
}

/** Returns a scalar that Helm computes. */
export function filledText({ parts }: Filled, root: Root): string {
  const [only] = parts;
  if (parts.length === 1 && typeof only === 'object') {
    return `{{ ${pipeline(only, root)} }}`;
  }
  const format = parts.map((part) => (typeof part === 'string' ? part.replaceAll('%', '%%') : verb(part)));
  const operands = parts
    .filter((part) => typeof part === 'object')
    .map((part) => operand(asInteger(part), root));
  return `{{ printf ${goString(format.join(''))} ${operands.join(' ')} | quote }}`;
}

/** Cache: the same few keys occur often. */
const keys = new Map<Scalar['value'], string>();

/** Returns the source of a map's key. */
export function keyText(key: Scalar | Filled, root: Root): string {
  if (key.kind === 'filled') return filledText(key, root);
  const text = keys.get(key.value) ?? plainLines(key.value).join('\n');
  keys.set(key.value, text);
  return text;
}

function pipeline(expression: Expression, root: Root): string {
  const text = asInteger(expression).text(root);
  switch (expression.asString ? 'string' : expression.yields) {
    case 'string':
      return `${text} | quote`;
    case 'any':
      return `${text} | toJson`;
    default:
      return text;
  }
}

/** Converts a large number, which a template would print as `1e+06`, because numbers in values are floating-point. */
function asInteger(expression: Expression): Expression {
  return expression.large
    ? { ...expression, text: (root) => `${operand(expression, root)} | int64` }
    : expression;
}

function verb({ yields }: Expression): string {
  return yields === 'string' ? '%s' : '%v';
}
