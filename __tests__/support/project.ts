import { variableOf } from '@online-inference/settings';
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, symlinkSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { declarations } from '../../settings';
import { ROOT } from './dist';

const CDK8S = path.join(ROOT, 'node_modules/cdk8s-cli/bin/cdk8s');

/** The sources of a synthesis. Packages are links in node_modules/. */
const SOURCES = [
  ...['main.ts', 'settings.ts', 'package.json', 'tsconfig.json', 'cdk8s.yaml'],
  ...['charts', 'constructs', 'imports', 'dist', 'scripts/supported.cjs', 'scripts/synth'],
];

/** Ends a process that hangs, also on a busy machine, in milliseconds. */
export const PROCESS_TIMEOUT = 60_000;

type Variables = Readonly<Record<string, string>>;

/** Result of a process. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A copy of this project, in which commands run as a user would run them. */
export interface Project {
  readonly folder: string;
  /** Runs `npx cdk8s` in the copy. */
  readonly cdk8s: (args: readonly string[], variables?: Variables) => Promise<Ended>;
  /** Runs the command of `npm run synth`, in the copy or in another folder. */
  readonly synth: (variables?: Variables, cwd?: string) => Promise<Ended>;
}

/** Creates a temporary folder; the caller removes it. */
export function temporaryFolder(): string {
  return realpathSync(mkdtempSync(path.join(os.tmpdir(), 'online-inference-')));
}

/** Copies this project to a temporary folder, with links to the installed packages. The caller removes the folder. */
export function copyProject(): Project {
  const folder = temporaryFolder();
  for (const source of SOURCES) {
    cpSync(path.join(ROOT, source), path.join(folder, source), { recursive: true });
  }
  linkPackages(path.join(folder, 'node_modules'));
  const command = path.join(folder, 'scripts/synth/run.cjs');
  return {
    folder,
    cdk8s: (args, variables) => run([CDK8S, ...args], folder, variables),
    synth: (variables, cwd = folder) => run([command], cwd, variables),
  };
}

/** Links packages, by default all, and not node_modules/ itself: the copy needs a cache of its own. */
export function linkPackages(folder: string, names?: readonly string[]): void {
  const installed = path.join(ROOT, 'node_modules');
  mkdirSync(folder, { recursive: true });
  for (const name of names ?? readdirSync(installed).filter((entry) => !entry.startsWith('.'))) {
    symlinkSync(path.join(installed, name), path.join(folder, name));
  }
}

/** Runs Node.js without the settings of the environment that the tests run in. */
export function run(args: readonly string[], cwd: string, variables: Variables = {}): Promise<Ended> {
  const ignored = [...Object.keys(declarations.properties).map(variableOf), 'NODE_OPTIONS', 'CDK8S_OUTDIR'];
  const kept = Object.entries(process.env).filter(([name]) => !ignored.includes(name));
  const env = { ...Object.fromEntries(kept), CDK8S_CHECK_UPGRADE: 'false', ...variables };
  return new Promise((resolve) => {
    const options = { cwd, env, maxBuffer: 2 ** 24, timeout: PROCESS_TIMEOUT / 2 };
    execFile(process.execPath, args, options, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}
