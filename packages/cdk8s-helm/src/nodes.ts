import type { Expression } from './expression';

/** A manifest as a template: plain YAML with the places that Helm fills in. */
export type Node = Scalar | Filled | MapNode | ListNode | Optional | Repeated;

/** The user's own text, number or boolean. */
export interface Scalar {
  readonly kind: 'scalar';
  readonly value: string | number | boolean;
}

/** A scalar that Helm fills in: one expression, or several with text between them. */
export interface Filled {
  readonly kind: 'filled';
  readonly parts: readonly (string | Expression)[];
}

/** All the entries of a map, or items of a list, that an expression comes to. */
export interface Spliced {
  readonly kind: 'spliced';
  readonly expression: Expression;
}

export interface Field {
  readonly kind: 'field';
  readonly key: Scalar | Filled;
  readonly node: Node;
}

export interface MapNode {
  readonly kind: 'map';
  readonly entries: readonly (Field | Spliced)[];
}

export interface ListNode {
  readonly kind: 'list';
  readonly items: readonly (Node | Spliced)[];
}

/** There only if a condition holds. */
export interface Optional {
  readonly kind: 'optional';
  readonly condition: Expression;
  readonly node: Node;
}

/** There once for each item of a list. */
export interface Repeated {
  readonly kind: 'repeated';
  readonly list: Expression;
  readonly variable: string;
  readonly node: Node;
}

/**
 * What must hold for a map or list to have anything in it: any of these; undefined when it always has.
 * Without that, Helm would write a field with nothing, which Kubernetes reads as null.
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
