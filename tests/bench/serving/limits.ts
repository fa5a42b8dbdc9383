import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { INFERENCE_RESOURCES } from '../../../constructs/image';
import { compared, type Contender } from '../measure';
import type { Comparison } from '../results';
import { CONNECTIONS, saturate } from './load';
import { startServer, type ServerCommand } from './server';
import { firstOf, type Subject } from './subjects';

const CGROUPS = '/sys/fs/cgroup';
const NAME = 'online-inference-bench';
const PERIOD_US = 100_000;
const MIB = 2 ** 20;
const WARMING_SECONDS = 0.5;
const SECONDS = 1;

/** The CPU limit of the charts in thousandths of a core, and their memory limit in MiB. */
const MILLICPU = Number.parseInt(INFERENCE_RESOURCES.cpu?.limit?.amount ?? '', 10);
const MEMORY_MIB = INFERENCE_RESOURCES.memory?.limit?.toMebibytes() ?? NaN;

/** Version 2 of control groups, or 1, as the machine has it. Files are relative to a mount. */
const VERSION = existsSync(`${CGROUPS}/cgroup.controllers`)
  ? { mounts: [''], quota: 'cpu.max', limit: 'memory.max', stat: 'cpu.stat', peak: 'memory.peak' }
  : {
      mounts: ['cpu', 'memory'],
      quota: 'cpu/cpu.cfs_quota_us',
      limit: 'memory/memory.limit_in_bytes',
      stat: 'cpu/cpu.stat',
      peak: 'memory/memory.max_usage_in_bytes',
    };

const groups = VERSION.mounts.map((mount) => path.join(CGROUPS, mount, NAME));
const inGroup = (file: string): string => path.join(CGROUPS, path.dirname(file), NAME, path.basename(file));
const statistic = (name: string): number =>
  Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(readFileSync(inGroup(VERSION.stat), 'utf8'))?.[1]);

/**
 * Creates the control group. Replaces the group of an interrupted run.
 *
 * @throws Error of the file system unless this is root and has the controllers cpu and memory
 * @see https://docs.kernel.org/admin-guide/cgroup-v2.html
 */
function createGroup(millicpu: number): void {
  for (const group of groups) {
    if (existsSync(group)) rmdirSync(group);
    mkdirSync(group);
  }
  writeFileSync(inGroup(VERSION.quota), String((millicpu / 1000) * PERIOD_US));
  writeFileSync(inGroup(VERSION.limit), String(MEMORY_MIB * MIB));
}

/** Returns a command that runs in the control group and sees it as the machine's own. */
function inside({ program, args, ...rest }: ServerCommand): ServerCommand {
  const joins = groups.map((group) => `echo $$ > ${group}/cgroup.procs`);
  const mounts = groups.map((group) => `mount --bind ${group} ${path.dirname(group)}`);
  const script = [...joins, ...mounts, 'exec "$@"'].join(' && ');
  return { ...rest, program: 'unshare', args: ['--mount', 'sh', '-c', script, 'sh', program, ...args] };
}

/** Measures the service within a container's limits, under more load than they allow. */
export async function withinLimits(ours: Subject): Promise<Comparison> {
  const [, request] = firstOf(ours);
  const contender = (millicpu: number): Contender => ({
    name: `${millicpu}m and ${MEMORY_MIB}Mi${millicpu === MILLICPU ? ', as the charts set' : ''}`,
    ours: true,
    measure: async () => {
      createGroup(millicpu);
      const server = await startServer((port) => inside(ours.command(port)), request);
      await saturate(server.url, request, WARMING_SECONDS);
      const [throttled, periods] = [statistic('nr_throttled'), statistic('nr_periods')];
      const { requests, duration, latency } = await saturate(server.url, request, SECONDS);
      const values = {
        first: server.startMs,
        rate: requests.total / duration,
        p99: latency.p99,
        throttled: (100 * (statistic('nr_throttled') - throttled)) / (statistic('nr_periods') - periods),
        charged: Number(readFileSync(inGroup(VERSION.peak), 'utf8')) / MIB,
        resident: server.usage().residentMiB,
      };
      await server.stop();
      return values;
    },
  });
  const comparison = await compared(
    {
      id: 'limits',
      title: 'Within the limits of a pod',
      note: `A control group with a container's limits, which the service sees as its own. ${CONNECTIONS} connections ask for one patient each,
for ${WARMING_SECONDS + SECONDS} s. A period is 0.1 s. Charged memory is the process's own: a mapped file is charged to the group that reads it
first, which is another one here.`,
      measures: {
        first: 'from exec to the first answer, ms',
        rate: 'requests per second, /s',
        p99: 'p99, ms',
        throttled: 'periods throttled, %',
        charged: 'peak of charged memory, MiB',
        resident: 'resident memory, MiB',
      },
    },
    [MILLICPU / 2, MILLICPU, MILLICPU * 2].map(contender),
  );
  groups.forEach((group) => {
    rmdirSync(group);
  });
  return comparison;
}
