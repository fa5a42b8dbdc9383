import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { ROOT } from '../frame/peers';

/** A Kubernetes object as it is in a file of dist/. */
export type Manifest = Readonly<Record<string, unknown>> & {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
};

/** A file of dist/. */
export interface Step {
  /** Without its ending. */
  readonly name: string;
  readonly text: string;
  readonly objects: readonly Manifest[];
}

/** The committed dist/, which all contenders are to make. */
export function steps(): Step[] {
  const folder = path.join(ROOT, 'dist');
  const files = readdirSync(folder).filter((file) => file.endsWith('.yaml'));
  return files.map((file) => {
    const text = readFileSync(path.join(folder, file), 'utf8');
    return { name: path.parse(file).name, text, objects: objectsIn(text) };
  });
}

/** The objects of a stream of YAML, as kubectl reads it. */
export function objectsIn(text: string): Manifest[] {
  return parseAllDocuments(text, { version: '1.1' })
    .map((document) => document.toJS() as Manifest | null)
    .filter((object) => object !== null);
}

/** Objects in an order that does not depend on who wrote them, to be compared. */
export function comparable(objects: readonly Manifest[]): string {
  return JSON.stringify(
    objects
      .map(sorted)
      .map((object) => JSON.stringify(object))
      .sort(),
  );
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}
