import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { isMap, parseAllDocuments } from 'yaml';

/** Manifests that are applied together. */
export interface Source {
  /** A file of `dist/`, or `helm`, or `helm` and the name of a file in the chart's `ci/`. */
  readonly name: string;
  readonly yaml: string;
}

/** Returns a name that is valid for a namespace. */
export function slug({ name }: Source): string {
  return name.replace('.yaml', '').replaceAll(' ', '-');
}

/**
 * Writes each source to a file of its own, with a namespace of its own. Checkers read all files at once
 * and would otherwise match the NetworkPolicy of one source to the pods of another.
 *
 * @throws Error that names the source of invalid YAML
 */
export function stage(sources: readonly Source[], folder: string): void {
  for (const source of sources) {
    const documents = parseAllDocuments(source.yaml, { version: '1.1' });
    for (const document of documents) {
      const [error] = document.errors;
      if (error || !isMap(document.contents)) {
        throw new Error(`${source.name}: ${error?.message ?? 'a document is not an object'}`);
      }
      document.setIn(['metadata', 'namespace'], slug(source));
    }
    writeFileSync(path.join(folder, `${slug(source)}.yaml`), documents.join(''));
  }
}
