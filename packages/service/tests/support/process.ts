import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

interface LogLine {
  readonly level: string;
  readonly msg: string;
}

/** The service in a process of its own. */
export interface ServiceProcess {
  readonly lines: readonly LogLine[];
  /** Waits for a log line and returns its message. @throws Error if the process ends without it */
  logged(pattern: RegExp): Promise<string>;
  /** Waits for the port to open and returns the URL of the service. */
  url(): Promise<string>;
  kill(signal: NodeJS.Signals): void;
  /** Resolves when the process has ended. */
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
}

const PACKAGE = join(__dirname, '..', '..');

/** The bundle of this test file. It lies in build/, because it finds its model by a relative path. */
const NAME = `test-${process.pid}`;
export const PROGRAM = join(PACKAGE, 'build', `${NAME}.js`);

/** Returns the path of the program that runs as the inference thread. */
export const workerOf = (program: string): string => program.replace(/\.js$/, '.worker.js');

const running = new Set<ChildProcess>();

// A machine that runs other tests starts a process slowly.
jest.setTimeout(60_000);

beforeAll(() => {
  execFileSync(process.execPath, [join(PACKAGE, 'bundle.cjs'), NAME]);
});
function killAll(): void {
  running.forEach((child) => child.kill('SIGKILL'));
  running.clear();
}
afterEach(killAll);
afterAll(() => {
  // Concurrent tests have no afterEach.
  killAll();
  [PROGRAM, workerOf(PROGRAM)].forEach((file) => {
    rmSync(file);
  });
});

/** Starts the service, or another program, on a free port of this machine. */
export function startService(environment: Record<string, string> = {}, program = PROGRAM): ServiceProcess {
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
        throw new Error(`the process ended without logging ${String(pattern)}: ${JSON.stringify(lines)}`);
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
