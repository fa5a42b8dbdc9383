import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { ROOT, scratch } from '../frame/peers';
import { REPLICAS } from './sources';

/** What is no part of a checkout that a user changes. */
const LEFT_OUT = /^(?:bench|docs|e2e)\//;

/**
 * A copy of this project, for runs that change it. Its packages are links to the installed ones; what is kept
 * in node_modules/.cache is its own.
 *
 * @returns its folder
 */
export function projectCopy(topic: string): string {
  const folder = scratch(topic, 'project');
  const args = ['ls-files', '--cached', '--others', '--exclude-standard', '-z'];
  const files = execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).split('\0').filter(Boolean);
  for (const file of files.filter((each) => !LEFT_OUT.test(each) && existsSync(path.join(ROOT, each)))) {
    cpSync(path.join(ROOT, file), path.join(folder, file), { force: true });
  }
  linkPackages(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
  for (const part of ['app', 'rollout']) {
    symlinkSync(path.join(folder, part), path.join(folder, 'node_modules/@online-inference', part));
  }
  return folder;
}

function linkPackages(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from).filter((each) => each !== '.cache')) {
    if (name === '@online-inference') mkdirSync(path.join(to, name));
    else if (name.startsWith('@')) linkPackages(path.join(from, name), path.join(to, name));
    else symlinkSync(path.join(from, name), path.join(to, name));
  }
}

/** Changes a number of replicas, wherever a source declares it, from one run to the next: 3, 4, 3, … */
export class Change {
  /**
   * @param file what is changed
   * @param declared where the number is: a first group of what stands before it, and all that are to be changed
   */
  constructor(
    readonly file: string,
    private readonly declared: RegExp,
  ) {}

  /** @returns the number that the next output must have */
  make(): number {
    const text = readFileSync(this.file, 'utf8');
    let replicas = Number.NaN;
    const changed = text.replace(this.declared, (whole: string, before: string) => {
      replicas = Number(whole.slice(before.length)) === REPLICAS ? REPLICAS + 1 : REPLICAS;
      return `${before}${replicas}`;
    });
    if (changed === text) throw new Error(`${this.file} has no ${String(this.declared)} to change`);
    writeFileSync(this.file, changed);
    return replicas;
  }
}
