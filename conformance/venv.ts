import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Compiled is what is imported, then: a small part of what is installed. */
const OPTIONS = ['--quiet', '--no-deps', '--no-compile', '--only-binary', ':all:'];

const CACHE = path.join(__dirname, '..', 'node_modules', '.cache');

/**
 * Makes a virtual environment of Python that has the packages of a requirements file, every one of which the file
 * pins. It is kept, and made anew when the file or the Python changes.
 *
 * @param oldest the first version of Python that the packages take, as in `[3, 11]`
 * @param newest the last
 * @returns the environment's python
 * @throws Error that says what is missing: Python itself (`python3`, or what PYTHON names), its venv, or a package
 */
export function python(requirements: string, oldest: Version, newest: Version): string {
  const interpreter = process.env['PYTHON'] ?? 'python3';
  const version = versionOf(interpreter);
  if (compare(version, oldest) < 0 || compare(version, newest) > 0) {
    const range = `Python ${oldest.join('.')} to ${newest.join('.')}`;
    throw new Error(
      `${path.basename(requirements)} needs ${range}, but ${interpreter} is ${version.join('.')}; PYTHON names another`,
    );
  }
  const text = readFileSync(requirements);
  const digest = createHash('sha256').update(text).update(version.join('.')).digest('hex').slice(0, 12);
  const folder = path.join(CACHE, `python-${digest}`);
  const executable = path.join(folder, 'bin', 'python');
  const complete = path.join(folder, 'complete');
  if (!existsSync(complete)) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(CACHE, { recursive: true });
    run(interpreter, ['-m', 'venv', folder]);
    run(executable, ['-m', 'pip', 'install', ...OPTIONS, '--requirement', requirements]);
    writeFileSync(complete, '');
  }
  return executable;
}

export type Version = readonly [major: number, minor: number];

function versionOf(interpreter: string): Version {
  try {
    const text = execFileSync(interpreter, ['-c', 'import sys; print(*sys.version_info[:2])'], {
      encoding: 'utf8',
    });
    const [major = 0, minor = 0] = text.trim().split(' ').map(Number);
    return [major, minor];
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`Python is needed, but ${interpreter} cannot be run (PYTHON names another): ${reason}`, {
      cause: error,
    });
  }
}

function compare([major, minor]: Version, [otherMajor, otherMinor]: Version): number {
  return major - otherMajor || minor - otherMinor;
}

function run(command: string, args: readonly string[]): void {
  execFileSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'] });
}
