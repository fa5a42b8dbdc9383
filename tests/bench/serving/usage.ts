import { readdirSync, readFileSync } from 'node:fs';

/** What a process and its children have used. Linux only. */
export interface Usage {
  /** Seconds of CPU, of user and system. */
  readonly cpuSeconds: number;
  /** Resident memory, in MiB: pages that they share are counted for each. */
  readonly residentMiB: number;
  readonly threads: number;
}

/** `USER_HZ`, which is 100 wherever Node.js runs. @see https://man7.org/linux/man-pages/man7/time.7.html */
const TICKS_PER_SECOND = 100;

/** @see https://man7.org/linux/man-pages/man5/proc.5.html */
export function usageOf(pid: number): Usage {
  const tree = [pid, ...descendants(pid)].map(one);
  const sum = (field: keyof Usage): number => tree.reduce((total, usage) => total + usage[field], 0);
  return {
    cpuSeconds: sum('cpuSeconds'),
    residentMiB: sum('residentMiB'),
    threads: sum('threads'),
  };
}

function one(pid: number): Usage {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const [userTicks = 0, systemTicks = 0] = statFields(pid).slice(11, 13).map(Number);
  return {
    cpuSeconds: (userTicks + systemTicks) / TICKS_PER_SECOND,
    residentMiB: field(status, 'VmRSS') / 1024,
    threads: field(status, 'Threads'),
  };
}

const field = (text: string, name: string): number =>
  Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1]);

/** The fields of /proc/PID/stat after the program's name, which may hold blanks and brackets itself. */
function statFields(pid: number): string[] {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

function descendants(pid: number): number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        return [{ pid: Number(name), parent: Number(statFields(Number(name))[1]) }];
      } catch {
        return []; // it has ended
      }
    });
  const childrenOf = (of: number): number[] =>
    parents.filter(({ parent }) => parent === of).flatMap((child) => [child.pid, ...childrenOf(child.pid)]);
  return childrenOf(pid);
}
