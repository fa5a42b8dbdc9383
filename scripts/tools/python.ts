import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { CACHE, InstallError, once, step } from './install';

export type Version = readonly [major: number, minor: number];

export interface VenvOptions {
  /** The first version of Python that the packages take, as in `[3, 11]`. @default - any */
  readonly oldest?: Version;
  /** The last. @default - any */
  readonly newest?: Version;
  /** The Python that it is made of. @default - what PYTHON names, or else python3 */
  readonly interpreter?: string;
}

const ROOT = path.join(__dirname, '../..');

/** What the file pins and nothing else, and no program of a package runs meanwhile. */
const PINNED = ['--quiet', '--disable-pip-version-check', '--no-deps', '--only-binary', ':all:'];

/**
 * A Python that has the packages of a requirements file, every one of which the file pins. It is kept, and made
 * anew when the file or the Python changes. It runs modules (`-m`): scripts of the packages are not to be found.
 *
 * @param cache the folder that it is kept in
 * @returns the path of the Python
 * @throws InstallError that says what is missing: Python itself, its venv, or a package
 */
export async function python(
  requirements: string,
  options: VenvOptions = {},
  cache = CACHE,
): Promise<string> {
  const version = await fittingVersion(requirements, options);
  const digest = createHash('sha256')
    .update(readFileSync(requirements))
    .update(version.join('.'))
    .digest('hex');
  const folder = await once(path.join(cache, `python-${digest.slice(0, 12)}`), (part) =>
    // compiled is what is imported, then: a small part of what is installed
    makeVenv(part, requirements, options, ['--no-compile']),
  );
  return path.join(folder, 'bin/python');
}

/**
 * Makes a virtual environment in a folder, with the packages of a requirements file, every one of which the file pins.
 *
 * @param more options of `pip install`
 * @throws InstallError as `python` does
 */
export async function makeVenv(
  folder: string,
  requirements: string,
  options: VenvOptions = {},
  more: readonly string[] = [],
): Promise<void> {
  await fittingVersion(requirements, options);
  const interpreter = interpreterOf(options);
  await step(
    `${interpreter} has no venv with pip, which on Debian and Ubuntu is in the package python3-venv`,
    interpreter,
    ['-m', 'venv', folder],
  );
  await step(`the packages of ${shown(requirements)} cannot be installed`, path.join(folder, 'bin/python'), [
    ...['-m', 'pip', 'install', ...PINNED, ...more],
    ...['--requirement', requirements],
  ]);
}

const interpreterOf = ({ interpreter }: VenvOptions): string =>
  interpreter ?? process.env['PYTHON'] ?? 'python3';

const shown = (file: string): string => path.relative(ROOT, file);

/** The version of the Python that there is. @throws InstallError unless the packages take it */
async function fittingVersion(requirements: string, options: VenvOptions): Promise<Version> {
  const { oldest = [0, 0], newest = [Infinity, Infinity] } = options;
  const interpreter = interpreterOf(options);
  const needed = `${shown(requirements)} needs Python${range(options)}`;
  const output = await step(
    `${needed}, but ${interpreter} cannot be run (install it, or name another in PYTHON)`,
    interpreter,
    ['-c', 'import sys; print(*sys.version_info[:2])'],
  );
  const [major = NaN, minor = NaN] = output.trim().split(' ').map(Number);
  const version: Version = [major, minor];
  if (!(compare(oldest, version) <= 0 && compare(version, newest) <= 0)) {
    throw new InstallError(`${needed}, but ${interpreter} is ${version.join('.')}; PYTHON names another`);
  }
  return version;
}

function range({ oldest, newest }: VenvOptions): string {
  if (oldest && newest) return ` ${oldest.join('.')} to ${newest.join('.')}`;
  if (oldest) return ` ${oldest.join('.')} or later`;
  return newest ? ` ${newest.join('.')} or earlier` : '';
}

function compare([major, minor]: Version, [otherMajor, otherMinor]: Version): number {
  return major === otherMajor ? minor - otherMinor : major - otherMajor;
}
