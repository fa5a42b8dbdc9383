import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { send, type Request } from './requests';

/** A command that starts a server. */
export interface ServerCommand {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

/** A server that answers. */
export interface Server {
  readonly url: string;
  /** Milliseconds from before exec to the end of the first answer. */
  readonly startMs: number;
  readonly usage: () => Usage;
  readonly stop: () => Promise<void>;
}

/** What a process has used. */
interface Usage {
  /** User and system time. */
  readonly cpuSeconds: number;
  readonly residentMiB: number;
}

const SERVER_CORE = 0;
const POLL_MS = 2;
const PATIENCE_MS = 60_000;

/** Below the ports that Linux gives to clients. */
let nextPort = 20_000;

const running = new Set<ChildProcess>();

/** Stops every server that still runs. */
export function stopServers(): void {
  running.forEach((child) => child.kill('SIGKILL'));
}

/**
 * Starts a server on the serving core and waits until it answers a request with 200.
 *
 * @throws Error with the server's output if it exits or does not answer within a minute
 */
export async function startServer(
  commandOn: (port: number) => ServerCommand,
  first: Request,
): Promise<Server> {
  const port = nextPort++;
  const url = `http://127.0.0.1:${port}`;
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
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  }
  // Some servers open their port before the model is loaded.
  for (;;) {
    try {
      await (await send(url, first)).arrayBuffer();
      break;
    } catch (error) {
      if (child.exitCode !== null || performance.now() - began > PATIENCE_MS) {
        throw new Error(`${program} ${args.join(' ')}: ${String(error)}\n${printed}`, { cause: error });
      }
      await sleep(POLL_MS);
    }
  }
  return {
    url,
    startMs: performance.now() - began,
    usage: () => usageOf(child.pid),
    stop: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** Clock ticks a second, and bytes of a page. */
const USER_HZ = 100;
const PAGE_BYTES = 4096;

/** Reads Linux's counters. @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
function usageOf(pid = 0): Usage {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The second field is the program's name in brackets, which may contain blanks.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const field = (number: number) => Number(fields[number - 3]);
  return {
    cpuSeconds: (field(14) + field(15)) / USER_HZ,
    residentMiB: (field(24) * PAGE_BYTES) / 2 ** 20,
  };
}
