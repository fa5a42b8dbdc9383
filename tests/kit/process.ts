import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** How a process ended, and what it wrote. */
export interface Ended {
  /** Exit code; 1 if a signal ended the process. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Options of `run`. */
export interface RunOptions {
  /** Working directory. @default - this process's */
  readonly cwd?: string;
  /** Environment variables added to this process's own; undefined removes a variable. @default {} */
  readonly env?: NodeJS.ProcessEnv;
  /** Written to standard input. @default '' */
  readonly input?: string;
  /** Receives both streams as they arrive. @default - not printed */
  readonly print?: (text: string) => void;
}

/**
 * Runs a program until it exits, whatever its exit code.
 *
 * @throws Error if it cannot be started
 */
export async function run(
  program: string,
  args: readonly string[],
  { cwd, env, input = '', print = () => undefined }: RunOptions = {},
): Promise<Ended> {
  const running = promisify(execFile)(program, args, {
    env: { ...process.env, ...env },
    maxBuffer: Infinity,
    ...(cwd !== undefined && { cwd }),
  });
  const { child } = running;
  child.stdout?.on('data', print);
  child.stderr?.on('data', print);
  // A program that does not read its input may close it early.
  child.stdin?.on('error', () => undefined).end(input);
  try {
    return { code: 0, ...(await running) };
  } catch (error) {
    if (child.pid === undefined) throw error;
    const { stdout, stderr } = error as Ended;
    return { code: child.exitCode ?? 1, stdout, stderr };
  }
}

/**
 * Runs a program that must succeed.
 *
 * @returns its standard output
 * @throws Error with the command and what it wrote to standard error, unless it exits with 0
 */
export async function output(
  program: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<string> {
  const { code, stdout, stderr } = await run(program, args, options);
  if (code !== 0) {
    throw new Error(
      `${[program, ...args].join(' ')} exited with code ${code}: ${stderr.trim() || stdout.trim()}`,
    );
  }
  return stdout;
}
