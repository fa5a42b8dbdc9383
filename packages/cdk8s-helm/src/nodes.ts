import type { Expression } from './expression';

/** A node of a template: YAML in which Helm computes some parts. */
export type Node = Scalar | Filled | MapNode | ListNode | Optional | Repeated;

/** A fixed string, number or boolean. */
export interface Scalar {
  readonly kind: 'scalar';
  readonly value: string | number | boolean;
}

/** A scalar that Helm computes: one expression, or several with strings between them. */
export interface Filled {
  readonly kind: 'filled';
  readonly parts: readonly (string | Expression)[];
}

/** All entries of a map, or all items of a list, that an expression returns. */
export interface Spliced {
  readonly kind: 'spliced';
  readonly expression: Expression;
}

/** A field of a map. */
export interface Field {
  readonly kind: 'field';
  readonly key: Scalar | Filled;
  readonly node: Node;
}

/** A map. */
export interface MapNode {
  readonly kind: 'map';
  readonly entries: readonly (Field | Spliced)[];
}

/** A list. */
export interface ListNode {
  readonly kind: 'list';
  readonly items: readonly (Node | Spliced)[];
}

/** A node that exists only if a condition holds. */
interface Optional {
  readonly kind: 'optional';
  readonly condition: Expression;
  readonly node: Node;
}

/** A node that is repeated for each item of a list. */
interface Repeated {
  readonly kind: 'repeated';
  readonly list: Expression;
  readonly variable: string;
  readonly node: Node;
}

/**
 * Returns the conditions under which a map or list is not empty: any of them must hold. Returns undefined if it is
 * never empty. Without this test, Helm would write a field without a value, which Kubernetes reads as null.
 */
export function conditionsOf(node: Node | Field | Spliced): Expression[] | undefined {
  switch (node.kind) {
    case 'spliced':
      return node.expression.mayBeEmpty === false ? undefined : [node.expression];
    case 'optional':
      return [node.condition];
    case 'repeated':
      return node.list.mayBeEmpty === false ? undefined : [node.list];
    case 'field':
      return conditionsOf(node.node);
    case 'map':
      return ofAll(node.entries);
    case 'list':
      return ofAll(node.items);
    default:
      return undefined;
  }
}

function ofAll(children: readonly (Node | Field | Spliced)[]): Expression[] | undefined {
  const conditions = children.map(conditionsOf);
  return children.length > 0 && conditions.every((condition) => condition !== undefined)
    ? conditions.flat()
    : undefined;
}
