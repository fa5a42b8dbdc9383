import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

const CACHE = path.join(__dirname, '../node_modules/.cache/checkers');
const REQUIREMENTS = path.join(__dirname, 'requirements.txt');

/** Go, where it is not on the PATH, is where its own instructions put it. */
const GO_PATH = `${process.env['PATH'] ?? ''}${path.delimiter}/usr/local/go/bin`;

/** A checker that cannot be had. Its message is meant for the person whose machine it is. */
export class InstallError extends Error {
  override readonly name = 'InstallError';
}

/** A checker written in Go. */
export interface GoTool {
  readonly name: string;
  readonly version: string;
  readonly package: string;
}

/**
 * The path of a Go tool, which is built once.
 *
 * @throws InstallError when it is not there and cannot be built
 */
export async function goTool({ name, version, package: source }: GoTool): Promise<string> {
  const folder = await once(`${name}-${version}`, (part) =>
    run(name, 'go', ['install', '-ldflags=-s -w', `${source}@${version}`], {
      PATH: GO_PATH,
      GOBIN: part,
      CGO_ENABLED: '0',
    }),
  );
  return path.join(folder, name);
}

/**
 * The path of a Python that has the checkers of requirements.txt, which are installed once.
 *
 * @throws InstallError when it is not there and cannot be installed
 */
export async function pythonTools(): Promise<string> {
  const pinned = createHash('sha256').update(readFileSync(REQUIREMENTS)).digest('hex').slice(0, 12);
  const folder = await once(`python-${pinned}`, async (part) => {
    await run('checkov', 'python3', ['-m', 'venv', part]);
    const options = ['--quiet', '--disable-pip-version-check', '--no-deps', '--requirement', REQUIREMENTS];
    await run('checkov', path.join(part, 'bin/python'), ['-m', 'pip', 'install', ...options]);
  });
  return path.join(folder, 'bin/python');
}

/** A folder of the cache, made in one step: what was cut short is made anew. */
async function once(name: string, make: (part: string) => Promise<void>): Promise<string> {
  const folder = path.join(CACHE, name);
  if (!existsSync(folder)) {
    mkdirSync(CACHE, { recursive: true });
    const part = mkdtempSync(path.join(CACHE, `.${name}-`));
    try {
      await make(part);
      renameSync(part, folder);
    } finally {
      rmSync(part, { recursive: true, force: true });
    }
  }
  return folder;
}

async function run(
  tool: string,
  command: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): Promise<void> {
  try {
    await promisify(execFile)(command, args, { env: { ...process.env, ...environment } });
  } catch (error) {
    const { message } = error as Error;
    throw new InstallError(`no manifest is checked without ${tool}, which cannot be installed. ${message}`);
  }
}
