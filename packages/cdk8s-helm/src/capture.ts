import { ApiObject, type IResolver, type ResolutionContext } from 'cdk8s';
import type { Expression } from './expression';
import type { Field, Filled, MapNode, Node, Scalar, Spliced } from './nodes';
import { meaningOfNumber, piecesOf, ReferenceMisuse, type Meaning } from './markers';

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
type JsonMap = Readonly<Record<string, Json>>;

/**
 * Hides markers from the mapping that generated classes do last. That mapping copies only known fields, so it would
 * drop a map or a list that is only a marker. `HelmChart` adds this resolver to its App.
 */
export class MarkerResolver implements IResolver {
  private removing = false;

  /** Renders an object twice: before the mapping with all markers, and after the mapping without them. */
  public render(object: ApiObject): { marked: JsonMap; mapped: JsonMap } {
    const marked = ApiObject.prototype.toJson.call(object) as JsonMap;
    this.removing = true;
    try {
      return { marked, mapped: object.toJson() as JsonMap };
    } finally {
      this.removing = false;
    }
  }

  public resolve(context: ResolutionContext): void {
    const value: unknown = context.value;
    if (!this.removing || !isMap(value)) {
      return;
    }
    const markers = Object.keys(value).filter((key) => isMarker(key));
    const [first] = markers;
    if (first === undefined) {
      return;
    }
    const inner = wrapped(first) ? value[first] : undefined;
    context.replaceValue(
      inner ?? Object.fromEntries(Object.entries(value).filter(([key]) => !markers.includes(key))),
    );
  }
}

/** Returns the template of a chart's object. */
export function capture(object: ApiObject, resolver: MarkerResolver): MapNode {
  const { marked, mapped } = resolver.render(object);
  return mapOf(marked, mapped, object.node.path);
}

/** Returns the template of a map that no class maps, such as the content of a named template. */
export function captureMap(value: Readonly<Record<string, string>>, where: string): MapNode {
  return mapOf(value, value, where);
}

function nodeOf(marked: Json, mapped: Json | undefined, where: string): Node {
  if (typeof marked === 'string' || typeof marked === 'number' || typeof marked === 'boolean') {
    return scalarOf(marked, where);
  }
  if (isList(marked)) {
    const items = isList(mapped) ? mapped : [];
    return { kind: 'list', items: marked.map((item, i) => itemOf(item, items[i], `${where}[${i}]`)) };
  }
  if (!isMap(marked)) {
    throw new ReferenceMisuse(`${where} is null, which a template cannot hold; leave the field out`);
  }
  const [key, ...others] = Object.keys(marked);
  const wrapper = key === undefined ? undefined : wrapped(key);
  if (key !== undefined && wrapper) {
    if (others.length > 0) {
      throw new ReferenceMisuse(
        `${where}: the result of when() or each() was merged with other fields; spread it into an object or a list instead`,
      );
    }
    const node = nodeOf(marked[key] ?? null, mapped, where);
    return wrapper.kind === 'optional'
      ? { kind: 'optional', condition: wrapper.condition, node }
      : { kind: 'repeated', list: wrapper.list, variable: wrapper.variable, node };
  }
  if (mapped !== undefined && !isMap(mapped) && 'value' in marked) {
    // IntOrString, Quantity: classes that wrap a number or a string
    return nodeOf(marked['value'] ?? null, mapped, where);
  }
  return mapOf(marked, isMap(mapped) ? mapped : marked, where);
}

function mapOf(marked: JsonMap, mapped: JsonMap, where: string): MapNode {
  const names = new Map(Object.keys(mapped).map((name) => [name.toLowerCase(), name]));
  const entries = Object.entries(marked).flatMap(([key, value]): (Field | Spliced)[] => {
    if (isMarker(key)) {
      return [entryOf(key, value, where)];
    }
    // The mapping changes at most the case of a name: hostIpc becomes hostIPC.
    const name = key in mapped ? key : (names.get(key.toLowerCase()) ?? key);
    const at = `${where}.${name}`;
    if (!(name in mapped) && !holdsMarker(value)) {
      return [];
    }
    return [{ kind: 'field', key: { kind: 'scalar', value: name }, node: nodeOf(value, mapped[name], at) }];
  });
  return { kind: 'map', entries };
}

/** Returns an entry whose key is a marker: either a whole map, or one key that Helm computes. */
function entryOf(key: string, value: Json, where: string): Field | Spliced {
  const filled = scalarOf(key, where);
  const [expression] = filled.kind === 'filled' ? filled.parts : [];
  if (filled.kind === 'filled' && typeof expression === 'object' && isCollection(expression)) {
    return { kind: 'spliced', expression };
  }
  return { kind: 'field', key: filled, node: nodeOf(value, value, where) };
}

function itemOf(marked: Json, mapped: Json | undefined, where: string): Node | Spliced {
  const text = isMap(marked) ? Object.keys(marked)[0] : marked;
  if (typeof text === 'string' && isMarker(text)) {
    const [piece] = piecesOf(text);
    if (typeof piece === 'object' && piece.kind === 'expression' && piece.expression.yields === 'list') {
      return { kind: 'spliced', expression: piece.expression };
    }
  }
  return nodeOf(marked, mapped, where);
}

function scalarOf(value: string | number | boolean, where: string): Scalar | Filled {
  const number = typeof value === 'number' ? meaningOfNumber(value) : undefined;
  const pieces = typeof value === 'string' ? piecesOf(value) : number ? [number] : [];
  if (!pieces.some((piece) => typeof piece === 'object')) {
    return { kind: 'scalar', value };
  }
  const parts = pieces.map((piece) => (typeof piece === 'string' ? piece : expressionIn(piece, where)));
  if (parts.length > 1 && parts.some((part) => typeof part === 'object' && isCollection(part))) {
    throw new ReferenceMisuse(`${where}: a reference to a map or a list cannot be part of a string`);
  }
  return { kind: 'filled', parts };
}

function expressionIn(meaning: Meaning, where: string): Expression {
  if (meaning.kind !== 'expression') {
    throw new ReferenceMisuse(`${where}: the result of when() or each() was used as a string`);
  }
  return meaning.expression;
}

function isCollection({ yields }: Expression): boolean {
  return yields === 'map' || yields === 'list';
}

function wrapped(key: string): Exclude<Meaning, { kind: 'expression' }> | undefined {
  const [piece] = isMarker(key) ? piecesOf(key) : [];
  return typeof piece === 'object' && piece.kind !== 'expression' ? piece : undefined;
}

function isMarker(text: string): boolean {
  return text.startsWith('\uE000') && piecesOf(text).some((piece) => typeof piece === 'object');
}

function holdsMarker(value: Json): boolean {
  if (isList(value)) {
    return value.some(holdsMarker);
  }
  if (isMap(value)) {
    return Object.entries(value).some(([key, inner]) => isMarker(key) || holdsMarker(inner));
  }
  return scalarOf(value ?? false, '').kind === 'filled';
}

function isList(value: unknown): value is readonly Json[] {
  return Array.isArray(value);
}

function isMap(value: unknown): value is JsonMap {
  return typeof value === 'object' && value !== null && value.constructor === Object;
}
