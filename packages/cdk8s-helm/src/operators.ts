import { Construct } from 'constructs';
import { goString, operand, type Expression, type Root } from './expression';
import { marker, numericMarker, piecesOf, meaningOfNumber, ReferenceMisuse } from './references';

/** A boolean, or a reference to one. A reference is no boolean: it has no truth before Helm reads the values. */
export type Flag = boolean | FlagReference;

/** A reference to a boolean. As the value of a field, cdk8s resolves it to a marker. */
export class FlagReference {
  constructor(
    /** What Helm evaluates. */
    readonly expression: Expression,
  ) {}

  /** @internal */
  resolve(): string {
    return marker({ kind: 'expression', expression: this.expression });
  }
}

/**
 * Fields, or items of a list, that are there only if a flag is set. They are spread into their surroundings:
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

/** Fields without those that are empty: what Helm leaves out where a user's map or list has nothing in it. */
export function present<T extends object>(fields: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(fields).filter(
      ([, value]) => typeof value !== 'object' || Object.keys(value as object).length > 0,
    ),
  ) as Partial<T>;
}

/** A scope whose objects are there only if a flag is set. */
export class OptionalScope extends Construct {
  constructor(
    scope: Construct,
    id: string,
    /** Unless it holds, the objects are left out. */
    readonly condition: Expression,
  ) {
    super(scope, id);
  }
}

/** Makes objects of a chart that are there only if a flag is set. */
export function optional(scope: Construct, id: string, flag: Flag, make: (scope: Construct) => void): void {
  if (flag === true) {
    make(new Construct(scope, id));
  } else if (flag !== false) {
    make(new OptionalScope(scope, id, flag.expression));
  }
}

/** Whether a flag is not set. */
export function not(flag: Flag): Flag {
  return typeof flag === 'boolean' ? !flag : flagOf((root) => `not ${operand(flag.expression, root)}`);
}

/** Whether any of the flags is set. */
export function or(...flags: Flag[]): Flag {
  const references = flags.filter((flag) => typeof flag !== 'boolean');
  if (flags.includes(true) || references.length === 0) {
    return flags.includes(true);
  }
  return flagOf((root) => ['or', ...references.map(({ expression }) => operand(expression, root))].join(' '));
}

/** Whether a value is neither empty, nor 0. */
export function given(value: string | number | readonly unknown[] | object): Flag {
  const expression = expressionOf(value);
  if (expression) {
    return new FlagReference(expression);
  }
  return typeof value === 'object' ? Object.keys(value).length > 0 : Boolean(value);
}

/** A text, or another one where it is empty. */
export function withDefault(value: string, fallback: string): string {
  const expression = expressionOf(value);
  const other = expressionOf(fallback);
  if (!expression) {
    return value === '' ? fallback : value;
  }
  const text = (root: Root) => (other ? operand(other, root) : JSON.stringify(fallback));
  return marker({
    kind: 'expression',
    expression: { yields: 'string', text: (root) => `${expression.text(root)} | default ${text(root)}` },
  });
}

/** A text with another one before it; nothing where it is empty. */
export function prefixed(prefix: string, value: string): string {
  const expression = expressionOf(value);
  if (!expression) {
    return value === '' ? '' : `${prefix}${value}`;
  }
  const format = goString(`${prefix.replaceAll('%', '%%')}%s`);
  const text = (root: Root) => {
    const own = operand(expression, root);
    // `and` gives its first argument where that is empty, and else the last
    return `and ${own} (printf ${format} ${own})`;
  };
  return marker({ kind: 'expression', expression: { yields: 'string', text } });
}

/** The sum of whole numbers. */
export function plus(...terms: number[]): number {
  return calculated('add', terms, (a, b) => a + b);
}

/** The product of whole numbers. */
export function times(...factors: number[]): number {
  return calculated('mul', factors, (a, b) => a * b);
}

/**
 * What a reference refers to; undefined for a value that is none.
 *
 * @throws ReferenceMisuse for a text that has more in it than a reference
 */
export function expressionOf(value: unknown): Expression | undefined {
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
      'a text with a reference in it is not itself one; use the reference alone here',
    );
  }
  const [piece] = pieces;
  return typeof piece === 'object' && piece.kind === 'expression' ? piece.expression : undefined;
}

function firstKey(value: unknown): string | undefined {
  return typeof value === 'object' && value !== null ? Object.keys(value)[0] : undefined;
}

function calculated(word: string, terms: number[], plain: (a: number, b: number) => number): number {
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
