import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { ROOT } from './dist';
import { output } from './process';

/** The heap that the image gets in a container of 256 Mi: 30 %. */
const POD_HEAP = ['--max-old-space-size=77', '--max-semi-space-size=2'];

/** The service in a process of its own. */
export interface RunningService {
  readonly url: string;
  /** Faults so far: log lines of level error and an unexpected exit. */
  readonly faults: readonly string[];
  /** Ends the process as Kubernetes does, without the drain delay. */
  stop(): Promise<void>;
}

/**
 * Builds the service with its page and starts it on a free port.
 *
 * @throws Error if the process exits before its port is open
 */
export async function startService(): Promise<RunningService> {
  await output('npm', ['run', 'build', '--workspace', 'packages/service'], { cwd: ROOT });
  const child = spawn(process.execPath, [...POD_HEAP, 'build/main.js'], {
    cwd: path.join(ROOT, 'packages/service'),
    env: { PATH: process.env['PATH'], HOST: '127.0.0.1', PORT: '0', DRAIN_DELAY_SECONDS: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const faults: string[] = [];
  const exited = once(child, 'exit');
  const unexpected = (code: number | null): void => {
    faults.push(`the service exited with ${code === null ? 'a signal' : `code ${code}`}`);
  };
  child.once('exit', unexpected);
  const url = await new Promise<string>((resolve, reject) => {
    child.once('exit', () => {
      reject(new Error('the service exited before its port was open'));
    });
    createInterface({ input: child.stdout }).on('line', (line) => {
      const [, listening] = /listening at (http:[^"]+)/.exec(line) ?? [];
      if (listening !== undefined) resolve(listening);
      if (/"level":"(error|fatal)"/.test(line)) faults.push(line);
    });
  });
  const stop = async (): Promise<void> => {
    child.off('exit', unexpected).kill('SIGTERM');
    await exited;
  };
  return { url, faults, stop };
}
