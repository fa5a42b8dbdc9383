import { readFileSync } from 'node:fs';

type ReadFile = (path: string) => string | undefined;

/**
 * Returns the CPU limit of the container in cores, such as 0.5 for `500m`; undefined if there is no limit.
 *
 * @see https://docs.kernel.org/admin-guide/cgroup-v2.html (cpu.max, "QUOTA PERIOD")
 * @see https://docs.kernel.org/scheduler/sched-bwc.html (version 1; a quota of -1 means no limit)
 */
export function cpuLimit(read: ReadFile = readCgroup): number | undefined {
  const [quota, period] = (
    read('cpu.max') ?? `${read('cpu/cpu.cfs_quota_us') ?? ''} ${read('cpu/cpu.cfs_period_us') ?? ''}`
  )
    .trim()
    .split(/\s+/)
    .map(Number);
  return quota !== undefined && period !== undefined && quota > 0 && period > 0 ? quota / period : undefined;
}

/**
 * Returns the number of threads for one inference: the CPU limit rounded down, at least 1. ONNX Runtime would start a
 * thread for each core of the host, and a container with a small limit would be throttled.
 */
export function inferenceThreads(limit: number | undefined, cores: number): number {
  return Math.max(1, Math.min(cores, Math.floor(limit ?? cores)));
}

function readCgroup(name: string): string | undefined {
  try {
    return readFileSync(`/sys/fs/cgroup/${name}`, 'utf8');
  } catch {
    return undefined;
  }
}
