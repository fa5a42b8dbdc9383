import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ROOT } from '../../__tests__/support/dist';

/** A project of a few lines that is run by this project's own launcher. */
export class LaunchedProject {
  readonly folder = mkdtempSync(path.join(os.tmpdir(), 'online-inference-launch-'));

  constructor() {
    cpSync(path.join(ROOT, 'scripts/synth/run.cjs'), path.join(this.folder, 'scripts/synth/run.cjs'));
    cpSync(path.join(ROOT, 'scripts/synth/launch'), path.join(this.folder, 'scripts/synth/launch'), { recursive: true });
    for (const part of ['app', 'rollout']) {
      this.write(`${part}/package.json`, JSON.stringify({ name: `@online-inference/${part}` }));
    }
    this.write('package.json', JSON.stringify({ name: 'project', dependencies: { library: '1.0.0' } }));
    this.write('tsconfig.json', '{}');
    this.write('node_modules/library/package.json', '{ "name": "library", "main": "lib/index.js" }');
    this.write('node_modules/library/lib/index.js', "exports.name = 'library';");
    for (const name of ['esbuild', '@esbuild']) {
      symlinkSync(path.join(ROOT, 'node_modules', name), path.join(this.folder, 'node_modules', name));
    }
  }

  /** @returns the file's path */
  write(file: string, content: string): string {
    const target = path.join(this.folder, file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, content);
    return target;
  }

  run(): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => name !== 'NODE_OPTIONS'));
    return spawnSync(process.execPath, ['scripts/synth/run.cjs'], { cwd: this.folder, encoding: 'utf8', env });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
