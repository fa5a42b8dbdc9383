import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { withLock } from './lock';

/** Files by their paths, relative to the folder that holds them. */
export type Files = ReadonlyMap<string, string>;

/**
 * Makes `dist/` hold these files. Concurrent runs publish one after the other, so `dist/` is always
 * the result of one run. Deletes a file that an earlier run published and that is no longer in `files`;
 * keeps files of any other origin.
 *
 * @param project the project's top folder. `node_modules/.cache/synth/published.json` in it lists the published files.
 */
export function publish(files: Files, project: string): void {
  const dist = path.join(project, 'dist');
  const cache = path.join(project, 'node_modules/.cache/synth');
  const list = path.join(cache, 'published.json');
  mkdirSync(cache, { recursive: true });
  withLock(path.join(cache, 'publish.lock'), () => {
    const earlier = JSON.parse(read(list) ?? '[]') as string[];
    replaceFiles(files, dist);
    for (const stale of earlier.filter((file) => !files.has(file))) {
      rmSync(path.join(dist, stale), { force: true });
    }
    writeFileSync(`${list}.part`, JSON.stringify([...files.keys()]));
    renameSync(`${list}.part`, list);
  });
}

/** Writes the changed files beside their destination first, so that a full disk leaves `dist/` as it was. */
function replaceFiles(files: Files, dist: string): void {
  const changed = [...files].filter(([file, content]) => read(path.join(dist, file)) !== content);
  const staging = path.join(dist, '.staging');
  rmSync(staging, { recursive: true, force: true });
  if (changed.length === 0) return;
  mkdirSync(dist, { recursive: true });
  // not recursive: a recursive mkdir reports ENOENT for a read-only file system
  mkdirSync(staging);
  writeFiles(changed, staging);
  for (const [file] of changed) {
    mkdirSync(path.dirname(path.join(dist, file)), { recursive: true });
    renameSync(path.join(staging, file), path.join(dist, file));
  }
  rmSync(staging, { recursive: true });
}

/** Writes files below a folder, which is created if it is missing. */
export function writeFiles(files: Iterable<readonly [file: string, content: string]>, folder: string): void {
  for (const [file, content] of files) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), content);
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
