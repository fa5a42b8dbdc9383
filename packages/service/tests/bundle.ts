import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

const APP = join(__dirname, '..');
const BUILD = join(APP, 'build');
const WORKER_ENDING = '.worker.js';

/** Milliseconds after which no test runs a bundle of earlier sources any more. */
const STALE = 3_600_000;

/** What the service runs as its inference thread, beside its program. */
export const workerOf = (program: string): string => program.replace(/\.js$/, WORKER_ENDING);

/** The service's program, bundled once for all test files, and anew when what it is made of has changed. */
export function serviceBundle(): string {
  const program = join(BUILD, `test-${fingerprint()}.js`);
  if (!existsSync(program)) {
    removeStale();
    // another test file may be doing the same: whole files take their place, the program as the last one
    const name = `test-${process.pid}`;
    execFileSync(process.execPath, [join(APP, 'bundle.cjs'), name]);
    const made = join(BUILD, `${name}.js`);
    renameSync(workerOf(made), workerOf(program));
    renameSync(made, program);
  }
  return program;
}

function fingerprint(): string {
  const sources = readdirSync(join(APP, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const others = ['bundle.cjs', 'package.json', '../../package-lock.json'].map((file) => join(APP, file));
  const hash = createHash('sha256');
  for (const file of [...sources.sort(), ...others]) {
    hash.update(`${file}\0`).update(readFileSync(file));
  }
  return hash.digest('hex').slice(0, 16);
}

function removeStale(): void {
  for (const file of existsSync(BUILD) ? readdirSync(BUILD) : []) {
    const old = join(BUILD, file);
    if (/^test-[\w-]+\.(worker\.)?js$/.test(file) && Date.now() - statSync(old).mtimeMs > STALE) {
      rmSync(old, { force: true });
    }
  }
}
