/** What a template expression comes to, which decides how it is written into YAML. */
export type Yields = 'string' | 'integer' | 'number' | 'boolean' | 'any' | 'map' | 'list';

/**
 * How the top of a template's data is called: `''` where the dot is the top itself, as in
 * `.Values.x`, and `'$'` where a loop has changed the dot, as in `$.Values.x`.
 */
export type Root = '' | '$';

/** A pipeline of a Go template: what stands between `{{` and `}}`. */
export interface Expression {
  readonly yields: Yields;
  readonly text: (root: Root) => string;
  /** Whether a map or list may come out empty, and its field is then left out. @default true */
  readonly mayBeEmpty?: boolean;
  /** Whether a map or list comes as YAML already, and not as data. @default false */
  readonly isYaml?: boolean;
  /**
   * Whether a number may be so large that a template would print it as `1e+06`: numbers of values
   * are floating-point, so it needs `int64`. @default false
   */
  readonly large?: boolean;
  /** Whether a number was made into a text, and stays one where it stands alone. @default false */
  readonly asText?: boolean;
}

/** All of an expression but its text. */
export type ExpressionKind = Omit<Expression, 'text'>;

/** An expression as the argument of a function: in parentheses, where it is more than a word. */
export function operand(expression: Expression, root: Root): string {
  const text = expression.text(root);
  return /\s/.test(text) ? `(${text})` : text;
}

/** A user's value by its place in values.yaml. */
export function valueAt(path: readonly string[], kind: ExpressionKind): Expression {
  return { ...kind, text: (root) => `${root}.Values.${path.join('.')}` };
}

/** A member of what a loop's variable holds. */
export function memberOf(variable: string, path: readonly string[], kind: ExpressionKind): Expression {
  return { ...kind, text: () => [`$${variable}`, ...path].join('.') };
}

/** What Helm knows without being told, such as `Release.Name`. */
export function builtIn(name: string): Expression {
  return { yields: 'string', text: (root) => `${root}.${name}` };
}

/** What a named template comes to. */
export function include(template: string, yields: Yields = 'string'): Expression {
  return {
    yields,
    mayBeEmpty: false,
    isYaml: true,
    text: (root) => `include ${goString(template)} ${root === '' ? '.' : '$'}`,
  };
}

/** A text as a string of the template language. JSON's escapes are among Go's. */
export function goString(text: string): string {
  return JSON.stringify(text);
}
