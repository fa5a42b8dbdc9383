import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { serviceBundle } from './bundle';

interface LogLine {
  readonly level: string;
  readonly msg: string;
}

/** The service as a process of its own. */
export interface ServiceProcess {
  readonly lines: readonly LogLine[];
  /** Waits for a log line and gives its message; fails if the process ends without it. */
  logged(pattern: RegExp): Promise<string>;
  /** Waits for the port to open and gives the service's address. */
  url(): Promise<string>;
  kill(signal: NodeJS.Signals): void;
  /** Waits for the end. */
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
}

const running = new Set<ChildProcess>();

// A machine busy with other tests starts a process slowly.
jest.setTimeout(60_000);

let bundled: string;
beforeAll(() => {
  bundled = serviceBundle();
});
function killAll(): void {
  running.forEach((child) => child.kill('SIGKILL'));
  running.clear();
}
afterEach(killAll);
// of concurrent tests, which have no hooks of their own
afterAll(killAll);

/** Starts the service, or another program, on a free port of this machine. */
export function startService(environment: Record<string, string> = {}, program = bundled): ServiceProcess {
  const env = { PATH: process.env['PATH'], HOST: '127.0.0.1', PORT: '0', ...environment };
  const child = spawn(process.execPath, [program], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  running.add(child);

  const lines: LogLine[] = [];
  const output = createInterface({ input: child.stdout });
  output.on('line', (line) => lines.push(JSON.parse(line) as LogLine));
  const ended = Promise.all([once(child, 'exit'), once(output, 'close')]).then(([[code, signal]]) => ({
    code: code as number | null,
    signal: signal as NodeJS.Signals | null,
  }));

  let over = false;
  void ended.then(() => (over = true));
  const logged = async (pattern: RegExp): Promise<string> => {
    for (;;) {
      const found = lines.find(({ msg }) => pattern.test(msg));
      if (found) {
        return found.msg;
      }
      if (over) {
        throw new Error(`ended without logging ${String(pattern)}: ${JSON.stringify(lines)}`);
      }
      await sleep(5);
    }
  };
  return {
    lines,
    logged,
    url: async () => (await logged(/listening at/)).replace(/.* at /, ''),
    kill: (signal) => child.kill(signal),
    ended,
  };
}
