import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { post, type Request } from './client';

/** How a server is started on a port. */
export interface Command {
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

/** The core that serves; load comes from the other. */
export const SERVER_CORE = 0;
export const LOAD_CORE = 1;

const POLL_MS = 2;
const TRY_MS = 60_000;

const running = new Set<ChildProcess>();
process.once('exit', () => {
  running.forEach((child) => child.kill('SIGKILL'));
});

/**
 * Starts a server on the serving core, and waits until it answers a request with 200.
 *
 * @throws Error with what it wrote, when it ends or does not answer in a minute
 */
export async function startServer(command: (port: number) => Command, first: Request): Promise<Server> {
  const port = await freePort();
  const { program, args, cwd, env } = command(port);
  const began = performance.now();
  const child = spawn('taskset', ['-c', String(SERVER_CORE), program, ...args], {
    cwd,
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  const ended = once(child, 'exit').finally(() => running.delete(child));
  const said: Buffer[] = [];
  [child.stdout, child.stderr].forEach((stream) => stream.on('data', (chunk: Buffer) => said.push(chunk)));

  const url = `http://127.0.0.1:${port}`;
  for (let problem = await problemOf(url, first); problem; problem = await problemOf(url, first)) {
    if (child.exitCode !== null || performance.now() - began > TRY_MS) {
      child.kill('SIGKILL');
      throw new Error(`${program} ${args.join(' ')}: ${problem}\n${Buffer.concat(said).toString()}`);
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

/** Why it does not answer yet; some open their port before the model is loaded. */
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
