import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface ProcessOptions {
  readonly cwd?: string;
  /** Variables besides those of this process. @default {} */
  readonly env?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** Takes what it prints without keeping it. @default false */
  readonly discard?: boolean;
  /** Looks for the most memory that the process itself, not its children, had in use. @default false */
  readonly memory?: boolean;
}

export interface Ended {
  /** From before it is started until it has ended and closed its output. */
  readonly milliseconds: number;
  readonly stdout: string;
  /** The most memory in use, in MiB; NaN unless asked for. Linux only. */
  readonly peakMiB: number;
}

/** How often the high-water mark is read: what a process takes in its last moment may be missed. */
const LOOK_EVERY_MS = 4;

/**
 * Runs a program to its end.
 *
 * @throws Error with what it wrote to standard error, when it cannot be started or ends with another code than 0
 */
export async function runProcess(
  program: string,
  args: readonly string[],
  { cwd, env = {}, signal, discard = false, memory = false }: ProcessOptions = {},
): Promise<Ended> {
  const began = performance.now();
  const child = spawn(program, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    killSignal: 'SIGKILL',
    ...(cwd !== undefined && { cwd }),
    ...(signal && { signal }),
  });
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => discard || stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  let peakMiB = Number.NaN;
  const look = memory
    ? setInterval(() => (peakMiB = highWaterMark(child.pid) ?? peakMiB), LOOK_EVERY_MS)
    : undefined;
  try {
    const code = await new Promise((resolve, reject) => {
      child.once('error', reject).once('close', resolve);
    });
    if (code !== 0) {
      const said = Buffer.concat(stderr).toString().trim() || Buffer.concat(stdout).toString().trim();
      throw new Error(`${program} ${args.join(' ')} ended with ${String(code)}: ${said}`);
    }
  } finally {
    clearInterval(look);
  }
  return {
    milliseconds: performance.now() - began,
    stdout: Buffer.concat(stdout).toString(),
    peakMiB,
  };
}

/** @see https://man7.org/linux/man-pages/man5/proc_pid_status.5.html VmHWM */
function highWaterMark(pid: number | undefined): number | undefined {
  try {
    const status = readFileSync(`/proc/${String(pid)}/status`, 'utf8');
    const kib = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
    return kib === undefined ? undefined : Number(kib) / 1024;
  } catch {
    return undefined; // it has ended
  }
}
