import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { isMap, parseAllDocuments } from 'yaml';

/** Manifests that are applied together, by a name that is valid for a namespace. */
export type Sources = Readonly<Record<string, string>>;

/**
 * Writes each source to a file of its own, with a namespace of its own. Checkers read all files at once
 * and would otherwise match the NetworkPolicy of one source to the pods of another.
 *
 * @throws Error that names the source of invalid YAML
 */
export function stage(sources: Sources, folder: string): void {
  for (const [name, yaml] of Object.entries(sources)) {
    const documents = parseAllDocuments(yaml, { version: '1.1' });
    for (const document of documents) {
      const [error] = document.errors;
      if (error || !isMap(document.contents)) {
        throw new Error(`${name}: ${error?.message ?? 'a document is not an object'}`);
      }
      document.setIn(['metadata', 'namespace'], name);
    }
    writeFileSync(path.join(folder, `${name}.yaml`), documents.join(''));
  }
}
