import { INFERENCE_RESOURCES } from '../../../constructs/inference-resources';
import { compare } from '../frame/compare';
import type { Comparison, Run } from '../frame/topic';
import { controlGroup, type Limits } from './control-group';
import type { Generators } from './load';
import { CONNECTIONS, firstOf } from './round';
import { startServer } from './server';
import type { Subject } from './subjects';
import { usageOf } from './usage';

const WARMING_SECONDS = 0.5;
const SECONDS = 1;

/** The limits that the charts set. */
const CHART: Limits = {
  cpu: Number.parseInt(INFERENCE_RESOURCES.cpu?.limit?.amount ?? '', 10) / 1000,
  memoryMiB: INFERENCE_RESOURCES.memory?.limit?.toMebibytes() ?? NaN,
};

export const IN_CHART = `${CHART.cpu * 1000}m and ${CHART.memoryMiB}Mi, as the charts set`;

const named = ({ cpu, memoryMiB }: Limits): string => `${cpu * 1000}m and ${memoryMiB}Mi`;

/** The service within a container's limits, asked for more than they let it answer. */
export async function withinLimits(load: Generators, ours: Subject): Promise<Comparison> {
  const narrow = { ...CHART, cpu: CHART.cpu / 2 };
  const wide = { ...CHART, cpu: CHART.cpu * 2 };
  return compare({
    id: 'limits',
    title: 'Within the limits of a pod',
    note: `A control group with a container's limits, which the service sees as its own; ${CONNECTIONS} connections ask for
one patient each, for ${WARMING_SECONDS + SECONDS} s. A period is 0.1 s. Charged memory is the process's own: files that it maps are charged to
who reads them first, which here is nobody of the group.`,
    measures: [
      { id: 'first', title: 'from exec to the first answer', unit: 'ms', better: 'lower' },
      { id: 'rate', title: 'requests a second', unit: '/s', better: 'higher' },
      { id: 'p99', title: 'p99', unit: 'ms', better: 'lower' },
      { id: 'throttled', title: 'periods throttled', unit: '%', better: 'lower' },
      { id: 'charged', title: 'memory charged at most', unit: 'MiB', better: 'lower' },
      { id: 'resident', title: 'resident', unit: 'MiB', better: 'lower' },
      { id: 'threads', title: 'threads', unit: '', better: 'lower' },
    ],
    rounds: 10,
    warmups: 0,
    base: IN_CHART,
    contenders: [
      { name: named(narrow), ours: true, measure: () => limited(load, ours, narrow) },
      { name: IN_CHART, ours: true, measure: () => limited(load, ours, CHART) },
      { name: named(wide), ours: true, measure: () => limited(load, ours, wide) },
    ],
  });
}

async function limited(load: Generators, ours: Subject, limits: Limits): Promise<Run> {
  const { request } = firstOf(ours);
  const group = controlGroup(limits);
  try {
    const server = await startServer((port) => group.within(ours.command(port)), request);
    try {
      await load.saturate(server.url, request, CONNECTIONS, WARMING_SECONDS);
      const before = group.read();
      const { rate, p99 } = await load.saturate(server.url, request, CONNECTIONS, SECONDS);
      const { threads, residentMiB } = usageOf(server.pid);
      const { periods, throttled, peakMiB } = group.read();
      return {
        first: server.startMilliseconds,
        rate,
        p99,
        throttled: (100 * (throttled - before.throttled)) / (periods - before.periods),
        charged: peakMiB,
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
