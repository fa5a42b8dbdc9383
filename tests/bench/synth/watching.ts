import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Change } from './project';

/** `npm run watch` in a project, from a save to its difference on the screen. */
export class Watching {
  private output = '';
  private heard: () => void = () => undefined;

  private constructor(private readonly child: ChildProcess) {
    child.stdout?.on('data', (chunk: Buffer) => {
      this.output += chunk.toString();
      this.heard();
    });
  }

  static async start(cwd: string): Promise<Watching> {
    const args = ['--require', 'tsx/cjs', 'scripts/watch/main.ts'];
    const stdio = ['ignore', 'pipe', 'inherit'] as const;
    const watching = new Watching(spawn(process.execPath, args, { cwd, stdio: [...stdio] }));
    await watching.said('Ctrl-C ends it');
    return watching;
  }

  /** Milliseconds until a change is shown. */
  async show(change: Change): Promise<number> {
    this.output = '';
    const began = performance.now();
    const replicas = change.make();
    await this.said(`+  replicas: ${replicas}\n`);
    const took = performance.now() - began;
    await this.said(' ms\n');
    return took;
  }

  async end(): Promise<void> {
    this.child.kill('SIGINT');
    await once(this.child, 'exit');
  }

  private async said(text: string): Promise<void> {
    while (!this.output.includes(text)) {
      await new Promise<void>((resolve) => (this.heard = resolve));
    }
  }
}
