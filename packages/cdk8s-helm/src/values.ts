import {
  Kind,
  type Static,
  type TArray,
  type TBoolean,
  type TObject,
  type TProperties,
  type TSchema,
} from '@sinclair/typebox';
import { memberOf, valueAt, type Expression, type ExpressionKind, type Yields } from './expression';
import { FlagReference, type Flag } from './operators';
import { marker, numericMarker, stringMarker } from './markers';

/**
 * The values that a schema declares: either the values themselves, or references that Helm resolves. A group
 * (`Type.Object`) becomes an object of its members; a record, list or union is one value.
 */
export type ValuesOf<S extends TSchema> =
  S extends TObject<infer P extends TProperties>
    ? { readonly [K in keyof P]: ValuesOf<P[K]> }
    : S extends TBoolean
      ? Flag
      : S extends TArray<infer I extends TSchema>
        ? readonly ValuesOf<I>[]
        : Static<S>;

/** Returns the declared defaults, for a manifest without Helm. */
export function defaultsOf<S extends TObject>(schema: S): ValuesOf<S> {
  return defaultOf(schema) as ValuesOf<S>;
}

/**
 * Returns the default of a declaration, or the defaults of a group.
 *
 * @throws Error for a value without a default
 */
export function defaultOf(schema: TSchema): unknown {
  if (isGroup(schema)) {
    const { properties } = schema;
    return Object.fromEntries(Object.entries(properties).map(([key, inner]) => [key, defaultOf(inner)]));
  }
  if (!('default' in schema)) {
    throw new Error(`a value has no default, which values.yaml needs: ${JSON.stringify(schema)}`);
  }
  return structuredClone<unknown>(schema.default);
}

/** Returns whether a declaration is a group of values. */
export function isGroup(schema: TSchema): schema is TObject {
  return schema[Kind] === 'Object';
}

/** Returns references to all values that a schema declares. */
export function referencesTo<S extends TObject>(schema: S): ValuesOf<S> {
  return referenceTo(schema, [], valueAt) as ValuesOf<S>;
}

/** Schemas of the lists behind references, from which `each` creates references to an item's members. */
const lists = new WeakMap<
  object,
  { readonly item: TSchema; readonly list: Expression; readonly name: string }
>();

/**
 * Maps a list. Returns one item for each of the list's items, or a loop if the list is a reference.
 *
 * @param make called for each item, or once with references to the members of an item
 */
export function each<I, T extends object>(items: readonly I[], make: (item: I) => T): T[] {
  const found = lists.get(items);
  if (!found) {
    return items.map(make);
  }
  const { item, list, name } = found;
  const member = referenceTo(item, [], (path, kind) => memberOf(name, path, kind)) as I;
  return [{ [marker({ kind: 'repeated', list, variable: name })]: make(member) } as T];
}

type At = (path: readonly string[], kind: ExpressionKind) => Expression;

function referenceTo(schema: TSchema, path: readonly string[], at: At): unknown {
  if (isGroup(schema)) {
    const properties = Object.entries(schema.properties);
    return Object.fromEntries(
      properties.map(([key, inner]) => [key, referenceTo(inner, [...path, key], at)]),
    );
  }
  const yields = yieldsOf(schema);
  const expression = at(path, {
    yields,
    large: isLarge(schema),
    mayBeEmpty: !((schema['minItems'] ?? 0) > 0),
  });
  switch (yields) {
    case 'boolean':
      return new FlagReference(expression);
    case 'integer':
    case 'number':
      return numericMarker(expression);
    case 'map': {
      const key = stringMarker(expression);
      return { [key]: key };
    }
    case 'list': {
      const key = stringMarker(expression);
      const list = [{ [key]: key }];
      lists.set(list, { item: schema['items'] as TSchema, list: expression, name: singular(path) });
      return list;
    }
    default:
      return stringMarker(expression);
  }
}

function yieldsOf(schema: TSchema): Yields {
  const options = (schema['anyOf'] as TSchema[] | undefined) ?? [schema];
  const types = new Set(options.map((option) => option['type'] as string | undefined));
  const [type] = types;
  if (types.size > 1) {
    return 'any';
  }
  switch (type) {
    case 'object':
      return 'map';
    case 'array':
      return 'list';
    case 'string':
    case 'integer':
    case 'number':
    case 'boolean':
      return type;
    default:
      return 'any';
  }
}

/** Templates print floating-point numbers from here on with an exponent. */
const EXPONENT_FROM = 1_000_000;

function isLarge(schema: TSchema): boolean {
  const { type, maximum = Infinity } = schema as { type?: string; maximum?: number };
  return type === 'integer' && maximum >= EXPONENT_FROM;
}

function singular(path: readonly string[]): string {
  return path.at(-1)?.replace(/s$/, '') ?? 'item';
}
