import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/**
 * Names the build of the image that this checkout makes: the same files give the same name.
 * Built into the image as `BUILD`, it is what `GET /` answers, so that the tests can tell this
 * build from another image of the same name.
 */
export function buildId(): string {
  const list = ['ls-files', '--cached', '--others', '--exclude-standard', '-z', 'app', 'package-lock.json'];
  const files = execFileSync('git', list, { encoding: 'utf8' }).split('\0').filter(Boolean).sort();
  const hash = createHash('sha256');
  for (const file of files) {
    hash.update(`${file}\0`).update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex').slice(0, 12);
}

if (require.main === module) {
  console.log(buildId());
}
