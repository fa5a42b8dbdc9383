import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { INFERENCE_RESOURCES } from '../../../constructs/image';
import { compared, type Contender } from '../measure';
import type { Comparison } from '../results';
import type { Generators } from './load';
import { startServer, usageOf, type ServerCommand } from './server';
import { firstOf, type Subject } from './subjects';

const CGROUPS = '/sys/fs/cgroup';
const NAME = 'online-inference-bench';
const PERIOD_US = 100_000;
const MIB = 2 ** 20;
const CONNECTIONS = 32;
const WARMING_SECONDS = 0.5;
const SECONDS = 1;

/** Limits of a container: CPU in cores, memory in MiB. */
interface Limits {
  readonly cpu: number;
  readonly memory: number;
}

const CHART: Limits = {
  cpu: Number.parseInt(INFERENCE_RESOURCES.cpu?.limit?.amount ?? '', 10) / 1000,
  memory: INFERENCE_RESOURCES.memory?.limit?.toMebibytes() ?? NaN,
};

const named = ({ cpu, memory }: Limits): string => `${cpu * 1000}m and ${memory}Mi`;
const IN_CHART = `${named(CHART)}, as the charts set`;

/** A control group, which its processes see as the machine's own. */
interface ControlGroup {
  readonly within: (command: ServerCommand) => ServerCommand;
  /** Periods so far, those of them that were throttled, and the peak of the charged memory in MiB. */
  readonly read: () => { readonly periods: number; readonly throttled: number; readonly peak: number };
  readonly remove: () => void;
}

/**
 * Creates a control group of version 2 or 1, as the machine has it.
 *
 * @throws Error of the file system unless this is root and has the controllers cpu and memory
 * @see https://docs.kernel.org/admin-guide/cgroup-v2.html
 */
function controlGroup({ cpu, memory }: Limits): ControlGroup {
  const isV2 = existsSync(`${CGROUPS}/cgroup.controllers`);
  const roots = isV2 ? [CGROUPS] : [`${CGROUPS}/cpu`, `${CGROUPS}/memory`];
  const folders = roots.map((root) => path.join(root, NAME));
  const [cpuFolder = '', memoryFolder = cpuFolder] = folders;
  const remove = (): void => {
    folders
      .filter((folder) => existsSync(folder))
      .forEach((folder) => {
        rmdirSync(folder);
      });
  };
  remove();
  for (const folder of folders) mkdirSync(folder);
  const settings: Record<string, string | number> = isV2
    ? { 'cpu.max': `${cpu * PERIOD_US} ${PERIOD_US}`, 'memory.max': memory * MIB }
    : {
        'cpu.cfs_period_us': PERIOD_US,
        'cpu.cfs_quota_us': cpu * PERIOD_US,
        'memory.limit_in_bytes': memory * MIB,
      };
  for (const [file, value] of Object.entries(settings)) {
    writeFileSync(path.join(file.startsWith('cpu') ? cpuFolder : memoryFolder, file), String(value));
  }
  const joins = folders.map((folder) => `echo $$ > ${folder}/cgroup.procs`);
  const mounts = roots.map((root) => `mount --bind ${path.join(root, NAME)} ${root}`);
  return {
    within: ({ program, args, ...rest }) => ({
      ...rest,
      program: 'unshare',
      args: ['--mount', 'sh', '-c', [...joins, ...mounts, 'exec "$@"'].join(' && '), 'sh', program, ...args],
    }),
    read: () => {
      const stat = readFileSync(path.join(cpuFolder, 'cpu.stat'), 'utf8');
      const field = (name: string) => Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(stat)?.[1]);
      const peak = path.join(memoryFolder, isV2 ? 'memory.peak' : 'memory.max_usage_in_bytes');
      return {
        periods: field('nr_periods'),
        throttled: field('nr_throttled'),
        peak: Number(readFileSync(peak, 'utf8')) / MIB,
      };
    },
    remove,
  };
}

/** Measures the service within a container's limits, under more load than they allow. */
export async function withinLimits(load: Generators, ours: Subject): Promise<Comparison> {
  const contender = (name: string, limits: Limits): Contender => ({
    name,
    ours: true,
    measure: () => limited(load, ours, limits),
  });
  const [narrow, wide] = [
    { ...CHART, cpu: CHART.cpu / 2 },
    { ...CHART, cpu: CHART.cpu * 2 },
  ];
  return compared(
    {
      id: 'limits',
      title: 'Within the limits of a pod',
      note: `A control group with a container's limits, which the service sees as its own. ${CONNECTIONS} connections ask for one patient each,
for ${WARMING_SECONDS + SECONDS} s. A period is 0.1 s. Charged memory is the process's own: a mapped file is charged to the group that reads it
first, which is another one here.`,
      measures: [
        { id: 'first', title: 'from exec to the first answer', unit: 'ms' },
        { id: 'rate', title: 'requests per second', unit: '/s' },
        { id: 'p99', title: 'p99', unit: 'ms' },
        { id: 'throttled', title: 'periods throttled', unit: '%' },
        { id: 'charged', title: 'peak of charged memory', unit: 'MiB' },
        { id: 'resident', title: 'resident memory', unit: 'MiB' },
        { id: 'threads', title: 'threads', unit: '' },
      ],
      base: IN_CHART,
    },
    [contender(named(narrow), narrow), contender(IN_CHART, CHART), contender(named(wide), wide)],
  );
}

async function limited(load: Generators, ours: Subject, limits: Limits): Promise<Record<string, number>> {
  const { request } = firstOf(ours);
  const group = controlGroup(limits);
  try {
    const server = await startServer((port) => group.within(ours.command(port)), request);
    try {
      await load.saturate(server.url, request, CONNECTIONS, WARMING_SECONDS);
      const before = group.read();
      const { rate, p99 } = await load.saturate(server.url, request, CONNECTIONS, SECONDS);
      const { threads, residentMiB } = usageOf(server.pid);
      const after = group.read();
      return {
        first: server.startMilliseconds,
        rate,
        p99,
        throttled: (100 * (after.throttled - before.throttled)) / (after.periods - before.periods),
        charged: after.peak,
        resident: residentMiB,
        threads,
      };
    } finally {
      await server.stop();
    }
  } finally {
    group.remove();
  }
}
