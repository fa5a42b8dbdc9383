import { HelmFolder } from '@online-inference/cdk8s-helm/testing';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** A temporary folder for charts. Each test file has its own. */
export const folder = new HelmFolder();
afterAll(() => {
  folder.remove();
});

/** Path of the committed Helm chart. */
export const CHART = path.join(__dirname, '../../dist/helm/online-inference');

/** Content of its files by their path. */
export const FILES: ReadonlyMap<string, string> = new Map(
  readdirSync(CHART, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }): [string, string] => {
      const file = path.join(parentPath, name);
      return [path.relative(CHART, file), readFileSync(file, 'utf8')];
    })
    .sort(([a], [b]) => (a < b ? -1 : 1)),
);

/** The part of JSON Schema that the tests read from values.schema.json. */
export interface Schema {
  readonly type?: string;
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly enum?: readonly string[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
}

/** The committed values.schema.json. */
export const SCHEMA = JSON.parse(FILES.get('values.schema.json') ?? '{}') as Schema;

/** A value that a user sets. */
export interface Leaf {
  readonly path: readonly string[];
  readonly schema: Schema;
}

/** Every value of the chart. A value has a default; a group has none. */
export const LEAVES: readonly Leaf[] = leavesOf(SCHEMA, []);

function leavesOf(schema: Schema, at: readonly string[]): Leaf[] {
  return 'default' in schema
    ? [{ path: at, schema }]
    : Object.entries(schema.properties ?? {}).flatMap(([key, inner]) => leavesOf(inner, [...at, key]));
}

/** Returns values in which only one is set. */
export function withValue(at: readonly string[], value: unknown): object {
  return at.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value) as object;
}

/** Merges values over others as Helm does: group by group. */
export function merged(base: object, over: object): object {
  const isGroup = (value: unknown): value is object =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  const entries = Object.entries(over).map(([key, value]): [string, unknown] => {
    const below: unknown = Reflect.get(base, key);
    return [key, isGroup(value) && isGroup(below) ? merged(below, value) : value];
  });
  return { ...base, ...Object.fromEntries(entries) };
}
