import { readFileSync } from 'node:fs';

type ReadFile = (path: string) => string | undefined;

/**
 * The CPUs that the container's limit allows, such as 0.5 for `500m`; undefined where there is no limit.
 *
 * @see https://docs.kernel.org/admin-guide/cgroup-v2.html (cpu.max, "QUOTA PERIOD")
 * @see https://docs.kernel.org/scheduler/sched-bwc.html (version 1; a quota of -1 is no limit)
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
 * Threads that one inference may use. ONNX Runtime counts the host's cores instead and would start a thread
 * for each, which a container with a small limit then pays for in throttling.
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
