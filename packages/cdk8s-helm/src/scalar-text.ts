import { stringify } from 'yaml';
import { goString, operand, type Expression, type Root } from './expression';
import type { Filled, Scalar } from './nodes';

/** Line breaks of YAML 1.1, which Helm reads, besides the usual one; and what cannot be seen. */
const UNPRINTABLE = /[\u007f-\u009f\u2028\u2029\ufeff]/g;

/** Texts that as a block would need indicators, or that YAML 1.1 would break into lines. */
const NOT_BLOCK = /^\s|\t|\r|\n\n$|[\u007f-\u009f\u2028\u2029\ufeff]/;

/**
 * A user's own scalar as YAML, in which nothing can be taken for a template.
 *
 * @returns its lines; those after the first are to be indented as far as the scalar's field is, and more
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

/** A scalar that Helm fills in. */
export function filledText({ parts }: Filled, root: Root): string {
  const [only] = parts;
  if (parts.length === 1 && typeof only === 'object') {
    return `{{ ${pipeline(only, root)} }}`;
  }
  const format = parts.map((part) => (typeof part === 'string' ? part.replaceAll('%', '%%') : verb(part)));
  const operands = parts.filter((part) => typeof part === 'object').map((part) => operand(whole(part), root));
  return `{{ printf ${goString(format.join(''))} ${operands.join(' ')} | quote }}`;
}

/** Keys are few and come often. */
const keys = new Map<Scalar['value'], string>();

/** The text of a map's key. */
export function keyText(key: Scalar | Filled, root: Root): string {
  if (key.kind === 'filled') return filledText(key, root);
  const text = keys.get(key.value) ?? plainLines(key.value).join('\n');
  keys.set(key.value, text);
  return text;
}

function pipeline(expression: Expression, root: Root): string {
  const text = whole(expression).text(root);
  switch (expression.asText ? 'string' : expression.yields) {
    case 'string':
      return `${text} | quote`;
    case 'any':
      return `${text} | toJson`;
    default:
      return text;
  }
}

/** Numbers of values are floating-point, and print as 1e+06 from a million on. */
function whole(expression: Expression): Expression {
  return expression.large
    ? { ...expression, text: (root) => `${operand(expression, root)} | int64` }
    : expression;
}

function verb({ yields }: Expression): string {
  return yields === 'string' ? '%s' : '%v';
}
