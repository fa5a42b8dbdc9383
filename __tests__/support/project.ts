import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { variableOf } from '@online-inference/settings';
import { declarations } from '../../settings';
import { ROOT } from './dist';

const CDK8S = path.join(ROOT, 'node_modules/cdk8s-cli/bin/cdk8s');

/** The environment of a command: what the tests run in, without any setting that it may hold. */
function environment(overrides: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const settings = new Set(Object.keys(declarations.properties).map(variableOf));
  const kept = Object.entries(process.env).filter(
    ([name]) => !settings.has(name) && !['NODE_OPTIONS', 'CDK8S_OUTDIR'].includes(name),
  );
  return { ...Object.fromEntries(kept), CDK8S_CHECK_UPGRADE: 'false', ...overrides };
}

/** Milliseconds that a busy machine may take for a process or two: it ends what hangs, and proves nothing. */
export const PROCESS_TIMEOUT = 60_000;

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Project {
  /** Its folder. Nothing of it is the checkout's but what it links to. */
  readonly folder: string;
  /** `npx cdk8s …` */
  readonly cdk8s: (args: readonly string[], overrides?: Readonly<Record<string, string>>) => Promise<Ended>;
}

/**
 * Works in a folder that is this project as the app sees it: synth/, cdk8s.yaml and packages are
 * links, dist/ is a copy. Commands resolve dist/ and .cdk8s/ against the folder that they run in.
 */
export async function inProject(work: (project: Project) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'online-inference-'));
  const run = (args: readonly string[], overrides: Readonly<Record<string, string>> = {}) =>
    new Promise<Ended>((resolve) => {
      const options = {
        cwd: folder,
        env: environment(overrides),
        maxBuffer: 2 ** 24,
        timeout: PROCESS_TIMEOUT / 2,
      };
      execFile(process.execPath, args, options, (error, stdout, stderr) => {
        resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
      });
    });
  try {
    for (const linked of ['scripts', 'cdk8s.yaml', 'tsconfig.json', 'node_modules']) {
      symlinkSync(path.join(ROOT, linked), path.join(folder, linked));
    }
    cpSync(path.join(ROOT, 'dist'), path.join(folder, 'dist'), { recursive: true });
    mkdirSync(path.join(folder, 'dist/helm'), { recursive: true });
    writeFileSync(path.join(folder, 'dist/helm/kept.yaml'), 'kept: true\n');
    await work({
      folder,
      cdk8s: (args, overrides) => run([CDK8S, ...args], overrides),
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
