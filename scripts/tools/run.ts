import { spawn } from 'node:child_process';

/** How a program ended, and what it wrote to both of its streams. */
export interface Ended {
  /** Its exit code; 1 where a signal ended it. */
  readonly code: number;
  readonly output: string;
}

export interface RunOptions {
  readonly cwd?: string;
  /** Variables besides those of this process. @default {} */
  readonly env?: NodeJS.ProcessEnv;
  /** Is handed what it prints as it comes. @default - nobody */
  readonly print?: (text: string) => void;
}

/**
 * Runs a program to its end, without input.
 *
 * @throws Error when it cannot be started
 */
export async function run(
  program: string,
  args: readonly string[],
  { cwd, env = {}, print }: RunOptions = {},
): Promise<Ended> {
  const child = spawn(program, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(cwd !== undefined && { cwd }),
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      print?.(text);
    });
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      resolve({ code: code ?? 1, output });
    });
  });
}
