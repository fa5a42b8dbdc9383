import { operand, type Expression, type Root } from './expression';
import { conditionsOf, type Field, type ListNode, type MapNode, type Node, type Spliced } from './nodes';
import { filledText, keyText, plainLines } from './scalar-text';

const STEP = 2;

/** Position in a template. */
interface Place {
  /** Indentation in spaces. */
  readonly indent: number;
  readonly root: Root;
  /** Conditions that an enclosing `if` has already tested. */
  readonly known: readonly string[];
}

type Lines = (at: Place) => string[];

/** Returns the source of a template. It renders nothing unless all conditions hold. */
export function emit(node: MapNode, conditions: readonly Expression[] = []): string {
  const at: Place = { indent: 0, root: '', known: [] };
  const lines: Lines = (inner) => mapLines(node, inner);
  return `${(conditions.length > 0 ? ifLines('and', conditions, lines, at) : lines(at)).join('\n')}\n`;
}

function mapLines({ entries }: MapNode, at: Place): string[] {
  return groups(entries).flatMap((group) => {
    const [first] = group;
    const lines: Lines = (inner) => group.flatMap((entry) => entryLines(entry, inner));
    return first?.kind === 'field' && first.node.kind === 'optional'
      ? ifLines('and', [first.node.condition], lines, at)
      : lines(at);
  });
}

function entryLines(entry: Field | Spliced, at: Place): string[] {
  if (entry.kind === 'spliced') {
    return splicedLines(entry, at);
  }
  // mapLines has already tested the condition, for the whole group
  return fieldLines(entry.node.kind === 'optional' ? { ...entry, node: entry.node.node } : entry, at);
}

/** Groups neighbours with the same condition, so that they share one `if`. */
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
  const below: Place = { ...at, indent: at.indent + STEP };
  switch (node.kind) {
    case 'filled':
      return [`${start} ${filledText(node, at.root)}`];
    case 'scalar': {
      const [first = '', ...more] = plainLines(node.value);
      return [`${start} ${first}`, ...more.map((line) => (line === '' ? '' : `${pad(below)}${line}`))];
    }
    case 'map':
    case 'list': {
      if (isEmpty(node)) {
        return [`${start} ${node.kind === 'map' ? '{}' : '[]'}`];
      }
      const whole = wholeOf(node);
      if (whole?.isYaml !== true && whole && needsTest(whole, at)) {
        const lines = [start, `${pad(below)}{{- toYaml . | nindent ${below.indent} }}`];
        return controlled(`with ${whole.text(at.root)}`, lines, at);
      }
      const lines: Lines = (inner) => [start, ...blockLines(node, { ...inner, indent: below.indent })];
      const conditions = conditionsOf(node);
      return conditions ? ifLines('or', conditions, lines, at) : lines(at);
    }
    default:
      return [start, ...blockLines(node, below)];
  }
}

/** Returns the lines below a key, or after the dash of an item. */
function blockLines(node: Node, at: Place): string[] {
  switch (node.kind) {
    case 'map':
      return mapLines(node, at);
    case 'list':
      return node.items.flatMap((item) => itemLines(item, at));
    case 'optional':
      return ifLines('and', [node.condition], (inner) => blockLines(node.node, inner), at);
    case 'repeated':
      return rangeLines(node.list, node.variable, (inner) => blockLines(node.node, inner), at);
    case 'filled':
      return [`${pad(at)}${filledText(node, at.root)}`];
    case 'scalar':
      return plainLines(node.value).map((line) => (line === '' ? '' : `${pad(at)}${line}`));
  }
}

function itemLines(item: Node | Spliced, at: Place): string[] {
  switch (item.kind) {
    case 'spliced':
      return splicedLines(item, at);
    case 'optional':
      return ifLines('and', [item.condition], (inner) => itemLines(item.node, inner), at);
    case 'repeated':
      return rangeLines(item.list, item.variable, (inner) => itemLines(item.node, inner), at);
    default: {
      if (isEmpty(item)) {
        return [`${pad(at)}- ${item.kind === 'map' ? '{}' : '[]'}`];
      }
      const [first = '', ...more] = blockLines(withFirst(item), { ...at, indent: at.indent + STEP });
      // `{{-` removes the whitespace before it, so a control line must not follow the dash on the same line.
      return first.trimStart().startsWith('{{-')
        ? [`${pad(at)}-`, first, ...more]
        : [`${pad(at)}- ${first.trimStart()}`, ...more];
    }
  }
}

/** Moves an unconditional field of an item to the front, preferably `name`, so that it can follow the dash. */
function withFirst(node: Node): Node {
  if (node.kind !== 'map') {
    return node;
  }
  const unconditional = node.entries.filter(
    (entry) => entry.kind === 'field' && conditionsOf(entry) === undefined,
  );
  const first = unconditional.find(
    (entry) => entry.kind === 'field' && entry.key.kind === 'scalar' && entry.key.value === 'name',
  );
  const [entry] = node.entries;
  const lead = entry && unconditional.includes(entry) ? entry : (first ?? unconditional[0]);
  return lead ? { ...node, entries: [lead, ...node.entries.filter((other) => other !== lead)] } : node;
}

function splicedLines({ expression }: Spliced, at: Place): string[] {
  const call = (text: string) => `${pad(at)}{{- ${text} | nindent ${at.indent} }}`;
  const text = expression.text(at.root);
  if (expression.isYaml) {
    return [call(text)];
  }
  return needsTest(expression, at)
    ? controlled(`with ${text}`, [call('toYaml .')], at)
    : [call(`toYaml ${text}`)];
}

/** Returns whether the template must still test that the map or list is not empty. */
function needsTest(expression: Expression, { known }: Place): boolean {
  return expression.mayBeEmpty !== false && !known.includes(expression.text(''));
}

/** Returns the expression of a map or list that consists of nothing else. */
function wholeOf(node: MapNode | ListNode): Expression | undefined {
  const children = node.kind === 'map' ? node.entries : node.items;
  const [only] = children;
  return children.length === 1 && only?.kind === 'spliced' ? only.expression : undefined;
}

function isEmpty(node: Node): node is MapNode | ListNode {
  return (
    (node.kind === 'map' && node.entries.length === 0) || (node.kind === 'list' && node.items.length === 0)
  );
}

function ifLines(word: 'and' | 'or', conditions: readonly Expression[], lines: Lines, at: Place): string[] {
  const byText = new Map(conditions.map((condition) => [condition.text(''), condition]));
  if ([...byText.keys()].some((text) => at.known.includes(text))) {
    return lines(at);
  }
  const distinct = [...byText.values()];
  const [only] = distinct;
  if (distinct.length === 1 && only) {
    return controlled(`if ${only.text(at.root)}`, lines({ ...at, known: [...at.known, only.text('')] }), at);
  }
  const operands = distinct.map((condition) => operand(condition, at.root));
  return controlled(`if ${word} ${operands.join(' ')}`, lines(at), at);
}

function rangeLines(list: Expression, variable: string, lines: Lines, at: Place): string[] {
  return controlled(`range $${variable} := ${list.text(at.root)}`, lines({ ...at, root: '$' }), at);
}

function controlled(control: string, lines: readonly string[], at: Place): string[] {
  return [`${pad(at)}{{- ${control} }}`, ...lines, `${pad(at)}{{- end }}`];
}

function pad({ indent }: Place): string {
  return ' '.repeat(indent);
}
