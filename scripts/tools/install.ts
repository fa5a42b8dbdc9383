import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { run } from './run';

/** Where installed programs are kept, until `npm ci` makes node_modules/ anew. */
export const CACHE = path.join(__dirname, '../../node_modules/.cache/programs');

/** A program that cannot be had. Its message is meant for the person whose machine it is. */
export class InstallError extends Error {
  override readonly name = 'InstallError';
}

/**
 * A folder that is made once, and in one step: what is cut short is made anew, and of several runs at once the
 * first to be done is taken by all.
 *
 * @param make makes a folder that is another one until all is there
 * @returns the folder
 */
export async function once(folder: string, make: (part: string) => Promise<void>): Promise<string> {
  if (existsSync(folder)) return folder;
  const cache = path.dirname(folder);
  mkdirSync(cache, { recursive: true });
  const part = mkdtempSync(path.join(cache, `.${path.basename(folder)}-`));
  try {
    await make(part);
    renameSync(part, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  } finally {
    rmSync(part, { recursive: true, force: true });
  }
  return folder;
}

/**
 * Runs a program that an installation needs.
 *
 * @param trouble what it means when that fails, and what to do
 * @returns what it printed
 * @throws InstallError with the trouble, and what the program or the system said
 */
export async function step(
  trouble: string,
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<string> {
  const { code, output } = await run(program, args, { env }).catch((error: unknown) => ({
    code: undefined,
    output: String(error),
  }));
  if (code !== 0) {
    throw new InstallError(`${trouble}: ${output.trim()}`);
  }
  return output;
}
