import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const ROOT = join(__dirname, '../..');

/** The service in a process of its own. */
export interface RunningService {
  readonly url: string;
  readonly process: ChildProcess;
}

/**
 * Builds the service with its page, and starts it on a free port.
 *
 * @throws Error if the process exits before its port is open
 */
export async function startService(): Promise<RunningService> {
  execFileSync('npm', ['run', 'build', '--workspace', 'packages/service'], { cwd: ROOT, stdio: 'pipe' });
  const child = spawn(process.execPath, [join(ROOT, 'packages/service/build/main.js')], {
    env: { ...process.env, HOST: '127.0.0.1', PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const [, url] = /listening at (http:[^"]+)/.exec(line) ?? [];
    if (url !== undefined) {
      child.stdout.resume();
      return { url, process: child };
    }
  }
  throw new Error('the service exited before its port was open');
}

/** Ends the service without its drain delay. */
export async function stopService({ process: child }: RunningService): Promise<void> {
  child.kill('SIGINT');
  await once(child, 'exit');
}
