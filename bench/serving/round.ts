import type { Run } from '../frame/topic';
import { checkAnswer } from './answers';
import { post } from './client';
import { KINDS, type Kind } from './kinds';
import type { Generators } from './load';
import { startServer, type Server } from './server';
import type { Subject } from './subjects';
import { usageOf } from './usage';

/** How many connections saturate. */
export const CONNECTIONS = 32;
/** The rate that everyone is asked to hold, requests a second. */
export const STEADY_RATE = 100;

const WARM_SECONDS = 0.4;
const SATURATED_SECONDS = 1;
const STEADY_SECONDS = 1;
const HALF_SECONDS = 1.5;

/**
 * Starts a server, asks it in each way that it can be asked, and ends it.
 *
 * @returns a value for each measure, as `COMPARISON.MEASURE`
 * @throws Error when an answer is wrong, before it is measured and after
 */
export async function roundOf(subject: Subject, load: Generators): Promise<Run> {
  const kinds = KINDS.filter((kind) => subject.request(kind));
  const [main] = kinds;
  const request = main && subject.request(main);
  if (!request) throw new Error(`${subject.name} cannot be asked in any way`);
  const server = await startServer(subject.command, request);
  try {
    const idle = usageOf(server.pid);
    const saturated: Record<string, number> = {};
    for (const kind of kinds) {
      const measured = await saturate(subject, server, kind, load);
      Object.entries(measured).forEach(([measure, value]) => (saturated[`${kind.id}.${measure}`] = value));
    }
    const loaded = usageOf(server.pid);
    const steady = await load.hold(server.url, request, STEADY_RATE, STEADY_SECONDS);
    const half = (saturated[`${main.id}.rate`] ?? 0) / 2;
    const held = await load.hold(server.url, request, Math.round(half), HALF_SECONDS);
    return {
      ...saturated,
      'steady.p50': steady.p50,
      'steady.p99': steady.p99,
      'half.rate': half,
      'half.p50': held.p50,
      'half.p99': held.p99,
      'start.first': server.startMilliseconds,
      'memory.idle': idle.residentMiB,
      'memory.loaded': loaded.residentMiB,
      'memory.proportional': loaded.proportionalMiB,
    };
  } finally {
    await server.stop();
  }
}

async function saturate(subject: Subject, { pid, url }: Server, kind: Kind, load: Generators) {
  const request = subject.request(kind);
  if (!request) throw new Error(`${subject.name} has no ${kind.id}`);
  const right = async () => {
    checkAnswer(subject.name, kind, subject.probabilities(kind, await post(url, request)));
  };
  await right();
  await load.saturate(url, request, CONNECTIONS, WARM_SECONDS);
  const before = usageOf(pid).cpuSeconds;
  const { rate, answers, p50, p99 } = await load.saturate(url, request, CONNECTIONS, SATURATED_SECONDS);
  const cpu = usageOf(pid).cpuSeconds - before;
  await right();
  return { rate, p50, p99, cpu: (cpu / answers) * 1e6 };
}
