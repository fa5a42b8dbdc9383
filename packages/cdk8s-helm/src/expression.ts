/** Type of an expression's result. It determines how the result is written into YAML. */
export type Yields = 'string' | 'integer' | 'number' | 'boolean' | 'any' | 'map' | 'list';

/**
 * Prefix of the template's root context: `''` where the dot is the root, as in `.Values.x`, and `'$'` where a loop has
 * changed the dot, as in `$.Values.x`.
 */
export type Root = '' | '$';

/** A pipeline of a Go template: the part between `{{` and `}}`. */
export interface Expression {
  /** Type of the result. */
  readonly yields: Yields;
  /** Returns the source of the pipeline. */
  readonly text: (root: Root) => string;
  /** Whether the result may be an empty map or list, whose field is then omitted. @default true */
  readonly mayBeEmpty?: boolean;
  /** Whether the result is YAML already, instead of data. @default false */
  readonly isYaml?: boolean;
  /**
   * Whether the result may be 1,000,000 or more. Numbers in values are floating-point, and a template prints such a
   * number as `1e+06` without `int64`. @default false
   */
  readonly large?: boolean;
  /** Whether a number was converted to a string, and must stay one when nothing surrounds it. @default false */
  readonly asString?: boolean;
}

/** Properties of an expression without its source. */
export type ExpressionKind = Omit<Expression, 'text'>;

/** Returns an expression as the argument of a function, in parentheses if it has more than one word. */
export function operand(expression: Expression, root: Root): string {
  const text = expression.text(root);
  return /\s/.test(text) ? `(${text})` : text;
}

/** Returns the expression of a value by its path in values.yaml. */
export function valueAt(path: readonly string[], kind: ExpressionKind): Expression {
  return { ...kind, text: (root) => `${root}.Values.${path.join('.')}` };
}

/** Returns the expression of a member of a loop's variable. */
export function memberOf(variable: string, path: readonly string[], kind: ExpressionKind): Expression {
  return { ...kind, text: () => [`$${variable}`, ...path].join('.') };
}

/** Returns the expression of a built-in object, such as `Release.Name`. */
export function builtIn(name: string): Expression {
  return { yields: 'string', text: (root) => `${root}.${name}` };
}

/** Returns the expression that includes a named template. */
export function include(template: string, yields: Yields = 'string'): Expression {
  return {
    yields,
    mayBeEmpty: false,
    isYaml: true,
    text: (root) => `include ${goString(template)} ${root === '' ? '.' : '$'}`,
  };
}

/** Returns a Go string literal. Go understands every escape of JSON. */
export function goString(text: string): string {
  return JSON.stringify(text);
}
