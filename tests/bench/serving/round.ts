import type { Run } from '../frame/topic';
import { checkAnswer } from './answers';
import { post, type Request } from './client';
import { KINDS, type Kind } from './kinds';
import type { Generators } from './load';
import { startServer, type Server } from './server';
import type { Subject } from './subjects';
import { usageOf } from './usage';

/** How many connections saturate. */
export const CONNECTIONS = 32;
/** The rate that everyone is asked to hold, requests a second. */
export const STEADY_RATE = 200;
/** What Vegeta can send on time from one core. */
export const MOST_HELD = 8000;

const SATURATED_SECONDS = 0.6;
const HELD_SECONDS = 1;
const WARMING_SECONDS = 2;

/** The first of the ways in which it can be asked. */
export function firstOf({ name, request }: Subject): { readonly kind: Kind; readonly request: Request } {
  for (const kind of KINDS) {
    const asked = request(kind);
    if (asked) return { kind, request: asked };
  }
  throw new Error(`${name} cannot be asked in any way`);
}

/** Starts a server and ends it. @returns `start` and `memory` values, as `COMPARISON.MEASURE` */
export async function startOnce(subject: Subject): Promise<Run> {
  const server = await startServer(subject.command, firstOf(subject).request);
  try {
    return {
      'start.first': server.startMilliseconds,
      'memory.idle': usageOf(server.pid).residentMiB,
    };
  } finally {
    await server.stop();
  }
}

/** Asks a server in each way that it can be asked, so that a compiler that learns from load has learnt. */
export async function warm({ request }: Subject, { url }: Server, load: Generators): Promise<void> {
  for (const asked of KINDS.flatMap((kind) => request(kind) ?? [])) {
    await load.saturate(url, asked, CONNECTIONS, WARMING_SECONDS);
  }
}

/**
 * Asks a server in each way that it can be asked, as much as it can take, then at steady rates.
 *
 * @returns a value for each measure, as `COMPARISON.MEASURE`
 * @throws Error when an answer is wrong, before load and after
 */
export async function underLoad(subject: Subject, server: Server, load: Generators): Promise<Run> {
  const run: Record<string, number> = {};
  for (const kind of KINDS) {
    if (subject.request(kind)) {
      const measured = await saturate(subject, server, kind, load);
      Object.entries(measured).forEach(([measure, value]) => (run[`${kind.id}.${measure}`] = value));
    }
  }
  const { residentMiB } = usageOf(server.pid);
  const { kind, request } = firstOf(subject);
  const steady = await load.hold(server.url, request, STEADY_RATE, HELD_SECONDS);
  const rate = Math.round(Math.min((run[`${kind.id}.rate`] ?? 0) / 2, MOST_HELD));
  const half = await load.hold(server.url, request, rate, HELD_SECONDS);
  return {
    ...run,
    'memory.loaded': residentMiB,
    'steady.p50': steady.p50,
    'steady.p99': steady.p99,
    'half.rate': rate,
    'half.p50': half.p50,
    'half.p99': half.p99,
  };
}

async function saturate(subject: Subject, { pid, url }: Server, kind: Kind, load: Generators): Promise<Run> {
  const request = subject.request(kind);
  if (!request) throw new Error(`${subject.name} has no ${kind.id}`);
  const right = async () => {
    checkAnswer(subject.name, kind, subject.probabilities(kind, await post(url, request)));
  };
  await right();
  const before = usageOf(pid).cpuSeconds;
  const { rate, answers, p50, p99 } = await load.saturate(url, request, CONNECTIONS, SATURATED_SECONDS);
  const cpu = usageOf(pid).cpuSeconds - before;
  await right();
  return { rate, p50, p99, cpu: (cpu / answers) * 1e6 };
}
