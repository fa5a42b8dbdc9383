import type { TObject, TSchema } from '@sinclair/typebox';
import { stringify } from 'yaml';
import { defaultOf, isGroup } from './values';

type JsonSchema = Readonly<Record<string, unknown>>;

/** A value that a user sets: not a group. */
export interface Declared {
  readonly path: readonly string[];
  readonly schema: TSchema;
}

/** Returns every value that a schema declares, in order. */
export function declaredValues(schema: TSchema, path: readonly string[] = []): Declared[] {
  return isGroup(schema)
    ? Object.entries(schema.properties).flatMap(([key, inner]) => declaredValues(inner, [...path, key]))
    : [{ path, schema }];
}

/** Returns values.yaml: the default of each value, below a comment with its description. */
export function valuesYaml(schema: TObject, heading: string): string {
  const groups = Object.entries(schema.properties).map(([key, inner]) =>
    valueLines(key, inner, 0).join('\n'),
  );
  return `${[heading.replace(/^/gm, '# '), ...groups].join('\n\n')}\n`;
}

function valueLines(key: string, schema: TSchema, indent: number): string[] {
  const pad = ' '.repeat(indent);
  const comment = `${pad}# ${describe(schema)}`;
  if (isGroup(schema)) {
    const inner = Object.entries(schema.properties);
    return [
      comment,
      `${pad}${key}:`,
      ...inner.flatMap(([name, value]) => valueLines(name, value, indent + 2)),
    ];
  }
  const [first = '', ...more] = stringify({ [key]: defaultOf(schema) }, { version: '1.1', lineWidth: 0 })
    .trimEnd()
    .split('\n');
  return [comment, `${pad}${first}`, ...more.map((line) => `${pad}${line}`)];
}

/** Returns the description of a value, with the values it allows. */
function describe(schema: TSchema): string {
  const limits = limitsOf(schema);
  const [first = '', ...rest] = schema.description ?? '';
  return `${first.toUpperCase()}${rest.join('')}${limits === '' ? '' : ` (${limits})`}`;
}

/** Returns the allowed values in words. Empty if the default shows them. */
function limitsOf(schema: TSchema): string {
  const { type, minimum, maximum, anyOf, title } = schema as {
    type?: string;
    minimum?: number;
    maximum?: number;
    anyOf?: TSchema[];
    title?: string;
  };
  if (anyOf?.every((option) => 'const' in option)) {
    return anyOf.map((option) => String(option['const'])).join(', ');
  }
  if (title !== undefined) {
    return title;
  }
  if (type === 'integer' || type === 'number') {
    const lower = minimum === undefined ? [] : [`from ${minimum}`];
    return [...lower, ...(maximum === undefined ? [] : [`to ${maximum}`])].join(' ');
  }
  return '';
}

/** Returns values.schema.json. It rejects undeclared names, and values outside their limits. */
export function valuesSchema(schema: TObject): string {
  const { properties, ...rest } = strict(schema) as { properties: object };
  const root = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    ...rest,
    properties: {
      ...properties,
      // Helm passes this value to every subchart
      global: { type: 'object', description: 'values that a parent chart shares with its subcharts' },
    },
  };
  return `${JSON.stringify(root, undefined, 2)}\n`;
}

function strict(schema: TSchema): JsonSchema {
  const { anyOf, items, properties, ...rest } = JSON.parse(JSON.stringify(schema)) as {
    anyOf?: { const?: unknown; type?: string }[];
    items?: TSchema;
    properties?: Record<string, TSchema>;
  };
  if (anyOf?.every((option) => 'const' in option)) {
    return { ...rest, type: anyOf[0]?.type, enum: anyOf.map((option) => option.const) };
  }
  return {
    ...rest,
    ...(anyOf && { anyOf }),
    ...(items && { items: strict(items) }),
    ...(properties && {
      additionalProperties: false,
      properties: Object.fromEntries(Object.entries(properties).map(([key, inner]) => [key, strict(inner)])),
    }),
  };
}

/** Returns a Markdown table with each value, its default and its description. */
export function valuesTable(schema: TObject): string {
  const rows = declaredValues(schema).map(({ path, schema: declared }) => [
    `\`${path.join('.')}\``,
    `\`${JSON.stringify(defaultOf(declared))}\``,
    describe(declared),
  ]);
  const lines = [['Value', 'Default', 'Description'], ['---', '---', '---'], ...rows];
  return lines
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n');
}
