import { Construct } from 'constructs';
import { goString, operand, type Expression, type Root } from './expression';
import { marker, meaningOfNumber, numericMarker, piecesOf, ReferenceMisuse, stringMarker } from './markers';

/**
 * A boolean, or a reference to one. A reference has no value until Helm renders the chart, so it cannot be used in an
 * `if`.
 */
export type Flag = boolean | FlagReference;

/** A reference to a boolean. cdk8s resolves it to a marker when it is the value of a field. */
export class FlagReference {
  constructor(
    /** Expression that Helm evaluates. */
    readonly expression: Expression,
  ) {}

  /** @internal */
  resolve(): string {
    return stringMarker(this.expression);
  }
}

/**
 * Returns fields, or items of a list, that exist only if a flag is set. Spread the result into an object or a list:
 * `{ ...when(values.debug, { hostNetwork: true }) }`.
 */
export function when<T extends object>(flag: Flag, fields: readonly T[]): T[];
export function when<T extends object>(flag: Flag, fields: T): Partial<T>;
export function when(flag: Flag, fields: object): unknown {
  if (typeof flag === 'boolean') {
    return flag ? fields : Array.isArray(fields) ? [] : {};
  }
  const wrap = (value: unknown) => ({ [marker({ kind: 'optional', condition: flag.expression })]: value });
  return Array.isArray(fields)
    ? fields.map(wrap)
    : Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, wrap(value)]));
}

/** Returns the fields that are not an empty map or list. It omits from plain YAML what Helm omits for an empty value. */
export function present<T extends object>(fields: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(fields).filter(
      ([, value]) => typeof value !== 'object' || Object.keys(value as object).length > 0,
    ),
  ) as Partial<T>;
}

/** A scope whose objects exist only if a condition holds. */
export class OptionalScope extends Construct {
  constructor(
    scope: Construct,
    id: string,
    /** Condition of the objects. */
    readonly condition: Expression,
  ) {
    super(scope, id);
  }
}

/** Creates objects that exist only if a flag is set. */
export function optional(scope: Construct, id: string, flag: Flag, make: (scope: Construct) => void): void {
  if (flag === true) {
    make(new Construct(scope, id));
  } else if (flag !== false) {
    make(new OptionalScope(scope, id, flag.expression));
  }
}

/** Returns a flag that is set if the given flag is not. */
export function not(flag: Flag): Flag {
  return typeof flag === 'boolean' ? !flag : flagOf((root) => `not ${operand(flag.expression, root)}`);
}

/** Returns a flag that is set if any of the given flags is. */
export function or(...flags: Flag[]): Flag {
  const references = flags.filter((flag) => typeof flag !== 'boolean');
  if (flags.includes(true) || references.length === 0) {
    return flags.includes(true);
  }
  return flagOf((root) => ['or', ...references.map(({ expression }) => operand(expression, root))].join(' '));
}

/** Returns a flag that is set if a value is neither empty nor 0. */
export function given(value: string | number | readonly unknown[] | object): Flag {
  const expression = expressionOf(value);
  if (expression) {
    return new FlagReference(expression);
  }
  return typeof value === 'object' ? Object.keys(value).length > 0 : Boolean(value);
}

/** Returns the value, or the fallback if the value is empty. */
export function withDefault(value: string, fallback: string): string {
  const expression = expressionOf(value);
  const other = expressionOf(fallback);
  if (!expression) {
    return value === '' ? fallback : value;
  }
  const text = (root: Root) => (other ? operand(other, root) : JSON.stringify(fallback));
  return stringMarker({
    yields: 'string',
    text: (root) => `${expression.text(root)} | default ${text(root)}`,
  });
}

/** Returns the value with a prefix, or an empty string if the value is empty. */
export function prefixed(prefix: string, value: string): string {
  const expression = expressionOf(value);
  if (!expression) {
    return value === '' ? '' : `${prefix}${value}`;
  }
  const format = goString(`${prefix.replaceAll('%', '%%')}%s`);
  const text = (root: Root) => {
    const own = operand(expression, root);
    // `and` returns its first empty argument, or else its last argument
    return `and ${own} (printf ${format} ${own})`;
  };
  return stringMarker({ yields: 'string', text });
}

/** Returns the sum of integers. Helm computes it if one of them is a reference. */
export function plus(...terms: number[]): number {
  return arithmetic('add', terms, (a, b) => a + b);
}

/** Returns the product of integers. Helm computes it if one of them is a reference. */
export function times(...factors: number[]): number {
  return arithmetic('mul', factors, (a, b) => a * b);
}

/**
 * Returns the expression of a reference, or undefined for any other value.
 *
 * @throws ReferenceMisuse for a string that contains a reference and more
 */
function expressionOf(value: unknown): Expression | undefined {
  if (value instanceof FlagReference) {
    return value.expression;
  }
  if (typeof value === 'number') {
    const meaning = meaningOfNumber(value);
    return meaning?.kind === 'expression' ? meaning.expression : undefined;
  }
  const text = typeof value === 'string' ? value : firstKey(Array.isArray(value) ? value[0] : value);
  const pieces = piecesOf(text ?? '');
  if (pieces.length > 1 && pieces.some((piece) => typeof piece === 'object')) {
    throw new ReferenceMisuse(
      'a string that contains a reference is not a reference; pass the reference alone',
    );
  }
  const [piece] = pieces;
  return typeof piece === 'object' && piece.kind === 'expression' ? piece.expression : undefined;
}

function firstKey(value: unknown): string | undefined {
  return typeof value === 'object' && value !== null ? Object.keys(value)[0] : undefined;
}

function arithmetic(word: string, terms: number[], plain: (a: number, b: number) => number): number {
  const expressions = terms.map((term) => expressionOf(term));
  if (expressions.every((expression) => expression === undefined)) {
    return terms.reduce(plain);
  }
  return numericMarker({
    yields: 'integer',
    text: (root) =>
      [word, ...terms.map((term, i) => (expressions[i] ? operand(expressions[i], root) : term))].join(' '),
  });
}

function flagOf(text: (root: Root) => string): FlagReference {
  return new FlagReference({ yields: 'boolean', text });
}
