import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { contentOf } from './replace';

/** Where a Helm chart is published. `kubectl apply -f dist/` does not descend into it. */
export const HELM_DIST = 'dist/helm';

/**
 * Makes a Helm chart's folder consist of these files. The new folder takes the place of the old one when
 * all of it is written; where it would be the same, the old one stays.
 *
 * @param files by their path in the chart
 * @returns the folder
 */
export function publishHelm(name: string, files: ReadonlyMap<string, string>): string {
  const folder = path.join(HELM_DIST, name);
  const part = path.join(HELM_DIST, `.${name}.part`);
  rmSync(part, { recursive: true, force: true });
  if (consistsOf(folder, files)) return folder;
  for (const [file, content] of files) {
    const target = path.join(part, file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, content);
  }
  rmSync(folder, { recursive: true, force: true });
  renameSync(part, folder);
  return folder;
}

function consistsOf(folder: string, files: ReadonlyMap<string, string>): boolean {
  const here = existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => !entry.isDirectory())
    : [];
  return (
    here.length === files.size &&
    [...files].every(([file, content]) => contentOf(path.join(folder, file)) === content)
  );
}
