import path from 'node:path';
import { ROOT } from './dist';
import { output, run, type Ended, type RunOptions } from './process';

const CACHE = path.join(ROOT, 'node_modules/.cache/python');

/** The Python versions that the pinned packages support, as uv reads them. */
const PYTHON_VERSIONS = '>=3.11,<3.14';

/** A tool that is missing or cannot be installed. The message is for the user and needs no stack. */
export class ToolError extends Error {
  override readonly name = 'ToolError';
}

/**
 * Returns the `bin` folder of a virtual environment with exactly the packages that a requirements
 * file pins. Installs what differs; uv keeps the packages in its own cache.
 *
 * @param requirements path of the file
 * @throws ToolError if uv is missing or a package cannot be installed
 */
export async function pythonEnvironment(requirements: string): Promise<string> {
  const folder = path.join(CACHE, path.relative(ROOT, path.resolve(requirements)).replaceAll(path.sep, '-'));
  const python = path.join(folder, 'bin/python');
  await tool('uv', ['venv', '--quiet', '--allow-existing', '--python', PYTHON_VERSIONS, folder]);
  // `uv run --with-requirements` would resolve the pins again, and refuse the pins that override a bound.
  await tool('uv', ['pip', 'sync', '--quiet', '--no-build', '--python', python, requirements]);
  return path.dirname(python);
}

/**
 * Runs Python with the packages that a requirements file pins.
 *
 * @throws ToolError as {@link pythonEnvironment}
 */
export async function python(
  requirements: string,
  args: readonly string[],
  options?: RunOptions,
): Promise<Ended> {
  return run(path.join(await pythonEnvironment(requirements), 'python'), args, options);
}

/**
 * Runs a Go program at a pinned version, such as `example.com/tool@v1.2.3`. Go builds it once.
 *
 * @throws ToolError if Go is missing
 */
export async function goRun(
  programAtVersion: string,
  args: readonly string[],
  options?: RunOptions,
): Promise<Ended> {
  await tool('go', ['version']);
  return run('go', ['run', programAtVersion, ...args], options);
}

const HOW_TO_INSTALL = {
  uv: 'run `pip install uv`',
  go: 'see https://go.dev/doc/install',
};

/** Runs a tool that must succeed. */
async function tool(name: keyof typeof HOW_TO_INSTALL, args: readonly string[]): Promise<void> {
  try {
    await output(name, args);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new ToolError(code === 'ENOENT' ? `${name} is not on the PATH: ${HOW_TO_INSTALL[name]}` : message);
  }
}

/** Runs a command's main function. Prints the message of a ToolError, the stack of any other error. */
export function runMain(main: () => Promise<void>): void {
  main().catch((error: unknown) => {
    console.error(error instanceof ToolError ? error.message : error);
    process.exitCode = 1;
  });
}
