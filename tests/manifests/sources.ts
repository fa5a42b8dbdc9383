import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isMap, parseAllDocuments } from 'yaml';

const ROOT = path.join(__dirname, '../..');
const DIST = path.join(ROOT, 'dist');
const CHART = path.join(DIST, 'helm/online-inference');

/** Manifests that are applied together. */
export interface Source {
  /** A file of `dist/`, or `helm`, or `helm` with a file of the chart's `ci/`. */
  readonly name: string;
  readonly text: string;
}

/** Everything that is deployed: the files of `dist/`, and the Helm chart with its defaults and each of its `ci/` values. */
export function deployed(): readonly Source[] {
  const plain = readdirSync(DIST)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => ({ name: file, text: readFileSync(path.join(DIST, file), 'utf8') }));
  const helm = execFileSync(path.join(ROOT, 'scripts/tools/helm.cjs'), { encoding: 'utf8' }).trim();
  const template = (...options: string[]): string =>
    execFileSync(helm, ['template', 'online-inference', CHART, ...options], { encoding: 'utf8' });
  const values = readdirSync(path.join(CHART, 'ci')).map((file) => ({
    name: `helm ${file.replace('-values.yaml', '')}`,
    text: template('--values', path.join(CHART, 'ci', file)),
  }));
  return [...plain, { name: 'helm', text: template() }, ...values];
}

/** A name that a namespace may have. */
export function slug({ name }: Source): string {
  return name.replace('.yaml', '').replaceAll(' ', '-');
}

/**
 * Writes each source to a file of its own, as if it were applied to a namespace of its own: checkers look at
 * all of them at once, and are not to take one's NetworkPolicy for another's.
 */
export function stage(sources: readonly Source[], folder: string): void {
  for (const source of sources) {
    const documents = parseAllDocuments(source.text, { version: '1.1' });
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
