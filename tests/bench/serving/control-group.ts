import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Command } from './server';

/** A container's limits. */
export interface Limits {
  /** CPUs, such as 0.5 for 500m. */
  readonly cpu: number;
  readonly memoryMiB: number;
}

/** What the kernel says of a limited process so far. */
export interface Limited {
  /** Periods of 0.1 s, and those of them in which it had to wait for the next one. */
  readonly periods: number;
  readonly throttled: number;
  /** Seconds that it waited so. */
  readonly throttledSeconds: number;
  /** The most memory that counted against the limit, page cache among it. */
  readonly peakMiB: number;
}

const ROOT = '/sys/fs/cgroup';
const NAME = 'online-inference-bench';
const PERIOD = 100_000;
const MIB = 2 ** 20;

/**
 * Limits as a container has them: a control group, which the process sees in the place of the machine's own.
 *
 * @see https://docs.kernel.org/admin-guide/cgroup-v2.html
 * @see https://docs.kernel.org/admin-guide/cgroup-v1/index.html
 */
export interface ControlGroup {
  /** The command run within it. */
  readonly within: (command: Command) => Command;
  readonly read: () => Limited;
  readonly remove: () => void;
}

/** @throws Error of the file system, unless this is root of a machine with the controllers cpu and memory */
export function controlGroup({ cpu, memoryMiB }: Limits): ControlGroup {
  const second = existsSync(path.join(ROOT, 'cgroup.controllers'));
  const folders = second ? { cpu: ROOT, memory: ROOT } : { cpu: `${ROOT}/cpu`, memory: `${ROOT}/memory` };
  const own = { cpu: path.join(folders.cpu, NAME), memory: path.join(folders.memory, NAME) };
  const all = [...new Set(Object.values(own))];
  const set = (file: string, value: string | number): void => {
    writeFileSync(file, String(value));
  };
  all.filter(existsSync).forEach((folder) => {
    rmdirSync(folder);
  });
  all.forEach((folder) => {
    mkdirSync(folder);
  });
  if (second) {
    set(`${own.cpu}/cpu.max`, `${cpu * PERIOD} ${PERIOD}`);
    set(`${own.memory}/memory.max`, memoryMiB * MIB);
  } else {
    set(`${own.cpu}/cpu.cfs_period_us`, PERIOD);
    set(`${own.cpu}/cpu.cfs_quota_us`, cpu * PERIOD);
    set(`${own.memory}/memory.limit_in_bytes`, memoryMiB * MIB);
  }
  const joins = all.map((folder) => `echo $$ > ${folder}/cgroup.procs`);
  const mounts = [...new Set(Object.values(folders))].map(
    (folder) => `mount --bind ${path.join(folder, NAME)} ${folder}`,
  );
  return {
    within: ({ program, args, ...rest }) => ({
      ...rest,
      program: 'unshare',
      args: ['--mount', 'sh', '-c', [...joins, ...mounts, 'exec "$@"'].join(' && '), 'sh', program, ...args],
    }),
    read: () => (second ? readSecond(own.cpu) : readFirst(own)),
    remove: () => {
      all.forEach((folder) => {
        rmdirSync(folder);
      });
    },
  };
}

const fieldOf = (file: string, name: string): number =>
  Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(readFileSync(file, 'utf8'))?.[1]);

function readFirst(own: { readonly cpu: string; readonly memory: string }): Limited {
  const stat = `${own.cpu}/cpu.stat`;
  return {
    periods: fieldOf(stat, 'nr_periods'),
    throttled: fieldOf(stat, 'nr_throttled'),
    throttledSeconds: fieldOf(stat, 'throttled_time') / 1e9,
    peakMiB: Number(readFileSync(`${own.memory}/memory.max_usage_in_bytes`, 'utf8')) / MIB,
  };
}

function readSecond(folder: string): Limited {
  const stat = `${folder}/cpu.stat`;
  return {
    periods: fieldOf(stat, 'nr_periods'),
    throttled: fieldOf(stat, 'nr_throttled'),
    throttledSeconds: fieldOf(stat, 'throttled_usec') / 1e6,
    peakMiB: Number(readFileSync(`${folder}/memory.peak`, 'utf8')) / MIB,
  };
}
