import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { makeVenv } from '../../../scripts/tools/python';
import { runProcess } from './process';

export const ROOT = path.join(__dirname, '../../..');

const CACHE = path.join(ROOT, 'node_modules/.cache/bench');

/** A command that installs what a folder asks for. */
type Install = (folder: string) => Promise<void>;

/** For a folder with package.json and package-lock.json. */
export const npm: Install = async (folder) => {
  await runProcess('npm', ['ci', '--no-audit', '--no-fund'], { cwd: folder });
};

/** For a folder with requirements.txt: into `.venv`. */
export const pip: Install = (folder) =>
  makeVenv(path.join(folder, '.venv'), path.join(folder, 'requirements.txt'));

/**
 * Copies `bench/TOPIC/peers/NAME/` to a cache and installs its packages there, unless that was done before
 * with the same files.
 *
 * @returns the folder that it is in, ready to run
 */
export async function installPeer(topic: string, name: string, install: Install): Promise<string> {
  const source = path.join(ROOT, 'bench', topic, 'peers', name);
  const folder = path.join(CACHE, topic, name);
  const mark = path.join(folder, '.installed');
  const wanted = hashOf(source);
  if (existsSync(mark) && readFileSync(mark, 'utf8') === wanted) return folder;
  console.error(`${topic}: installing ${name}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(path.dirname(folder), { recursive: true });
  cpSync(source, folder, { recursive: true });
  await install(folder);
  writeFileSync(mark, wanted);
  return folder;
}

/** A folder in the cache for what a run makes; empty. */
export function scratch(topic: string, name: string): string {
  const folder = path.join(CACHE, topic, `${name}.run`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}

function hashOf(folder: string): string {
  const hash = createHash('sha256').update(process.version);
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) {
      const file = path.join(entry.parentPath, entry.name);
      hash.update(`${path.relative(folder, file)}\0`).update(readFileSync(file));
    }
  }
  return hash.digest('hex');
}
