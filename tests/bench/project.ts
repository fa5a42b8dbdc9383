import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../kit/dist';
import { output } from '../kit/process';
import { compared, scratch } from './measure';
import { type Comparison } from './results';

/** Copies this project. Its packages are links to the installed ones; its cache is its own. */
export async function projectCopy(): Promise<string> {
  const folder = scratch('project');
  const args = ['ls-files', '--cached', '--others', '--exclude-standard'];
  const files = (await output('git', args, { cwd: ROOT })).split('\n');
  for (const file of files.filter((each) => each !== '' && !/^(?:tests|docs)\//.test(each))) {
    const source = path.join(ROOT, file);
    if (existsSync(source)) cpSync(source, path.join(folder, file), { recursive: true });
  }
  const from = path.join(ROOT, 'node_modules');
  const to = path.join(folder, 'node_modules');
  mkdirSync(to);
  for (const name of readdirSync(from).filter((each) => each !== '.cache')) {
    symlinkSync(path.join(from, name), path.join(to, name));
  }
  return folder;
}

/**
 * Measures `npm run watch` from a save until the difference is on the screen.
 *
 * @param change shell command that changes the number of replicas
 */
export async function watched(project: string, change: string): Promise<Comparison> {
  const child = spawn('npm', ['run', 'watch'], {
    cwd: project,
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  let printed = '';
  let arrived = (): void => undefined;
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    printed += chunk;
    arrived();
  });
  const prints = async (pattern: RegExp): Promise<void> => {
    while (!pattern.test(printed)) await new Promise<void>((resolve) => (arrived = resolve));
  };
  try {
    await prints(/Ctrl-C/);
    return await compared(
      {
        id: 'watch',
        title: 'From a save to its difference on the screen',
        measures: [{ id: 'time', title: 'npm run watch', unit: 'ms' }],
        base: 'npm run watch',
      },
      [
        {
          name: 'npm run watch',
          ours: true,
          measure: async () => {
            printed = '';
            const began = performance.now();
            await output('sh', ['-c', change]);
            await prints(/^\+ +replicas: \d+$/m);
            const time = performance.now() - began;
            await prints(/\d ms$/m);
            return { time };
          },
        },
      ],
    );
  } finally {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGINT');
    await once(child, 'exit');
  }
}
