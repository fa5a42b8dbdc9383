import { spawn } from 'node:child_process';

/** How a process ended, and what it wrote. */
export interface Ended {
  /** Exit code; 1 if a signal ended the process. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** From before the process starts until its streams are closed. */
  readonly milliseconds: number;
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
  /** Kills the process when aborted. @default - never */
  readonly signal?: AbortSignal;
}

/**
 * Runs a program until it exits, whatever its exit code.
 *
 * @throws Error if it cannot be started or is aborted
 */
export async function run(
  program: string,
  args: readonly string[],
  { cwd, env, input = '', print, signal }: RunOptions = {},
): Promise<Ended> {
  const began = performance.now();
  const child = spawn(program, args, {
    env: { ...process.env, ...env },
    killSignal: 'SIGKILL',
    ...(cwd !== undefined && { cwd }),
    ...(signal && { signal }),
  });
  const written = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      written[name] += text;
      print?.(text);
    });
  }
  // A program that does not read its input may close it early.
  child.stdin.on('error', () => undefined).end(input);
  const code = await new Promise<number>((resolve, reject) => {
    child.once('error', reject).once('close', (status) => {
      resolve(status ?? 1);
    });
  });
  return { code, ...written, milliseconds: performance.now() - began };
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
