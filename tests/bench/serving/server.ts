import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { post, type Request } from './requests';

/** A command that starts a server. */
export interface ServerCommand {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

/** A server that answers. */
export interface Server {
  readonly pid: number;
  readonly url: string;
  /** From before exec to the end of the first answer. */
  readonly startMilliseconds: number;
  stop(): Promise<void>;
}

/** The core that serves, and the core that sends load. */
const SERVER_CORE = 0;
export const LOAD_CORE = 1;

const POLL_MS = 2;
const PATIENCE_MS = 60_000;

const running = new Set<ChildProcess>();
process.once('exit', () => {
  running.forEach((child) => child.kill('SIGKILL'));
});

/**
 * Starts a server on the serving core and waits until it answers a request with 200.
 *
 * @throws Error with the server's output if it exits or does not answer within a minute
 */
export async function startServer(
  commandOn: (port: number) => ServerCommand,
  first: Request,
): Promise<Server> {
  const port = await freePort();
  const { program, args, cwd, env } = commandOn(port);
  const began = performance.now();
  const child = spawn('taskset', ['-c', String(SERVER_CORE), program, ...args], {
    cwd,
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  const ended = once(child, 'exit').finally(() => running.delete(child));
  let printed = '';
  [child.stdout, child.stderr].forEach((stream) =>
    stream.on('data', (chunk: Buffer) => (printed += chunk.toString())),
  );

  const url = `http://127.0.0.1:${port}`;
  // Some servers open their port before the model is loaded.
  for (let problem = await problemOf(url, first); problem; problem = await problemOf(url, first)) {
    if (child.exitCode !== null || performance.now() - began > PATIENCE_MS) {
      child.kill('SIGKILL');
      throw new Error(`${program} ${args.join(' ')}: ${problem}\n${printed}`);
    }
    await sleep(POLL_MS);
  }
  return {
    pid: child.pid ?? 0,
    url,
    startMilliseconds: performance.now() - began,
    stop: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

async function problemOf(url: string, first: Request): Promise<string | undefined> {
  try {
    await post(url, first);
    return undefined;
  } catch (error) {
    return String(error);
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** What a process and its descendants use. Linux only. */
interface Usage {
  /** User and system time. */
  readonly cpuSeconds: number;
  /** Resident memory. A page that several processes share counts once for each. */
  readonly residentMiB: number;
  readonly threads: number;
}

/** `USER_HZ`. @see https://man7.org/linux/man-pages/man7/time.7.html */
const TICKS_PER_SECOND = 100;

/** @see https://man7.org/linux/man-pages/man5/proc.5.html */
export function usageOf(pid: number): Usage {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const field = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1]);
  const [userTicks = 0, systemTicks = 0] = statOf(pid).slice(11, 13).map(Number);
  const own = {
    cpuSeconds: (userTicks + systemTicks) / TICKS_PER_SECOND,
    residentMiB: field('VmRSS') / 1024,
    threads: field('Threads'),
  };
  return childrenOf(pid).reduce((sum, child) => {
    const usage = usageOf(child);
    return {
      cpuSeconds: sum.cpuSeconds + usage.cpuSeconds,
      residentMiB: sum.residentMiB + usage.residentMiB,
      threads: sum.threads + usage.threads,
    };
  }, own);
}

/** Returns the fields of /proc/PID/stat after the program's name, which may contain blanks and brackets. */
function statOf(pid: number): string[] {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

function childrenOf(parent: number): number[] {
  const children = readdirSync(`/proc/${parent}/task`).map((thread) =>
    readFileSync(`/proc/${parent}/task/${thread}/children`, 'utf8'),
  );
  return children.flatMap((line) => line.split(' ').filter(Boolean).map(Number));
}
