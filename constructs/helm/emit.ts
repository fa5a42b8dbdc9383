import { operand, type Expression, type Root } from './expression';
import { conditionsOf, type Field, type ListNode, type MapNode, type Node, type Spliced } from './nodes';
import { filledText, keyText, plainLines } from './scalar-text';

const STEP = 2;

/** Where in a template a piece is written. */
interface Place {
  readonly indent: number;
  readonly root: Root;
}

/** The text of a template, with a newline at its end. */
export function emit(node: MapNode, conditions: readonly Expression[] = []): string {
  const at: Place = { indent: 0, root: '' };
  const lines = mapLines(node, at);
  return `${(conditions.length > 0 ? ifLines(allOf(conditions), lines, at) : lines).join('\n')}\n`;
}

function mapLines({ entries }: MapNode, at: Place): string[] {
  return groups(entries).flatMap((group) => {
    const [first] = group;
    if (first?.kind === 'field' && first.node.kind === 'optional') {
      const inner = group.flatMap((entry) =>
        entry.kind === 'field' && entry.node.kind === 'optional'
          ? fieldLines({ ...entry, node: entry.node.node }, at)
          : [],
      );
      return ifLines(first.node.condition, inner, at);
    }
    return group.flatMap((entry) =>
      entry.kind === 'field' ? fieldLines(entry, at) : splicedLines(entry, at),
    );
  });
}

/** Neighbours that depend on the same condition belong together. */
function groups(entries: MapNode['entries']): (Field | Spliced)[][] {
  const result: (Field | Spliced)[][] = [];
  for (const entry of entries) {
    const previous = result.at(-1);
    const condition = conditionText(entry);
    if (previous?.[0] && condition !== undefined && condition === conditionText(previous[0])) {
      previous.push(entry);
    } else {
      result.push([entry]);
    }
  }
  return result;
}

function conditionText(entry: Field | Spliced): string | undefined {
  return entry.kind === 'field' && entry.node.kind === 'optional' ? entry.node.condition.text('') : undefined;
}

function fieldLines({ key, node }: Field, at: Place): string[] {
  const start = `${pad(at)}${keyText(key, at.root)}:`;
  if (node.kind === 'filled') {
    return [`${start} ${filledText(node, at.root)}`];
  }
  if (node.kind === 'scalar') {
    const [first = '', ...more] = plainLines(node.value);
    const below = pad({ ...at, indent: at.indent + STEP });
    return [`${start} ${first}`, ...more.map((line) => (line === '' ? '' : `${below}${line}`))];
  }
  if (isEmpty(node)) {
    return [`${start} ${node.kind === 'map' ? '{}' : '[]'}`];
  }
  const whole = wholeOf(node);
  if (whole && whole.mayBeEmpty !== false) {
    const to = { ...at, indent: at.indent + STEP };
    return withLines(whole, [start, `${pad(to)}{{- toYaml . | nindent ${to.indent} }}`], at);
  }
  const conditions = conditionsOf(node);
  const lines = [start, ...blockLines(node, { ...at, indent: at.indent + STEP })];
  return conditions ? ifLines(anyOf(conditions), lines, at) : lines;
}

/** What stands below a key, or after the dash of an item. */
function blockLines(node: Node, at: Place): string[] {
  switch (node.kind) {
    case 'map':
      return mapLines(node, at);
    case 'list':
      return listLines(node, at);
    case 'optional':
      return ifLines(node.condition, blockLines(node.node, at), at);
    case 'repeated': {
      const range = `range $${node.variable} := ${node.list.text(at.root)}`;
      return controlled(range, blockLines(node.node, { ...at, root: '$' }), at);
    }
    case 'filled':
      return [`${pad(at)}${filledText(node, at.root)}`];
    case 'scalar':
      return plainLines(node.value).map((line) => (line === '' ? '' : `${pad(at)}${line}`));
  }
}

function listLines({ items }: ListNode, at: Place): string[] {
  return items.flatMap((item): string[] => {
    if (item.kind === 'spliced') {
      return splicedLines(item, at);
    }
    if (item.kind === 'optional') {
      return ifLines(item.condition, listLines({ kind: 'list', items: [item.node] }, at), at);
    }
    if (item.kind === 'repeated') {
      const inner = listLines({ kind: 'list', items: [item.node] }, { ...at, root: '$' });
      return controlled(`range $${item.variable} := ${item.list.text(at.root)}`, inner, at);
    }
    if (isEmpty(item)) {
      return [`${pad(at)}- ${item.kind === 'map' ? '{}' : '[]'}`];
    }
    const lines = blockLines(item, { ...at, indent: at.indent + STEP });
    const [first = '', ...more] = lines;
    // A dash cannot stand before a control line, which leaves nothing of its own line.
    return first.trimStart().startsWith('{{-')
      ? [`${pad(at)}-`, ...lines]
      : [`${pad(at)}- ${first.trimStart()}`, ...more];
  });
}

function splicedLines({ expression }: Spliced, at: Place): string[] {
  const call = (text: string) => `${pad(at)}{{- ${text} | nindent ${at.indent} }}`;
  return expression.mayBeEmpty === false
    ? [call(expression.text(at.root))]
    : withLines(expression, [call('toYaml .')], at);
}

/** The expression that a map or list is, when it is nothing else. */
function wholeOf(node: Node): Expression | undefined {
  const children = node.kind === 'map' ? node.entries : node.kind === 'list' ? node.items : [];
  const [only] = children;
  return children.length === 1 && only?.kind === 'spliced' ? only.expression : undefined;
}

function isEmpty(node: Node): node is MapNode | ListNode {
  return (
    (node.kind === 'map' && node.entries.length === 0) || (node.kind === 'list' && node.items.length === 0)
  );
}

function ifLines(condition: Expression, lines: readonly string[], at: Place): string[] {
  return controlled(`if ${condition.text(at.root)}`, lines, at);
}

function withLines(expression: Expression, lines: readonly string[], at: Place): string[] {
  return controlled(`with ${expression.text(at.root)}`, lines, at);
}

function controlled(control: string, lines: readonly string[], at: Place): string[] {
  return [`${pad(at)}{{- ${control} }}`, ...lines, `${pad(at)}{{- end }}`];
}

function allOf(conditions: readonly Expression[]): Expression {
  return joined('and', conditions);
}

function anyOf(conditions: readonly Expression[]): Expression {
  return joined('or', conditions);
}

function joined(word: string, all: readonly Expression[]): Expression {
  const conditions = [...new Map(all.map((condition) => [condition.text(''), condition])).values()];
  const [only] = conditions;
  return conditions.length === 1 && only
    ? only
    : {
        yields: 'boolean',
        text: (root) => [word, ...conditions.map((condition) => operand(condition, root))].join(' '),
      };
}

function pad({ indent }: Place): string {
  return ' '.repeat(indent);
}
