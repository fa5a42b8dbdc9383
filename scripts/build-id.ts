import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.join(__dirname, '..');

/** Git path specifications of what the image is built from. */
const SOURCES = ['packages/service', 'packages/settings', ':(exclude)packages/*/tests', 'package-lock.json'];

/**
 * Returns an ID of the image that this checkout builds: a hash of its sources. The image has it as
 * `BUILD`, which `GET /` returns, so a test can recognise an image of another build.
 */
export function buildId(): string {
  const args = ['ls-files', '--cached', '--others', '--exclude-standard', '--deduplicate', '-z', ...SOURCES];
  const listed = execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).split('\0').filter(Boolean);
  const hash = createHash('sha256');
  // git also lists files that are deleted in the working tree
  for (const file of listed.filter((name) => existsSync(path.join(ROOT, name))).sort()) {
    hash.update(`${file}\0`);
    hash.update(readFileSync(path.join(ROOT, file)));
    hash.update('\0');
  }
  return hash.digest('hex').slice(0, 12);
}

if (require.main === module) {
  console.log(buildId());
}
