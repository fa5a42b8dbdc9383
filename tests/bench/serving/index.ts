import { readFileSync } from 'node:fs';
import path from 'node:path';
import { output } from '../../kit/process';
import { inRounds } from '../measure';
import type { Comparison, Measure, Row, Topic } from '../results';
import { aims } from './aims';
import { healthUnderLoad } from './health';
import { withinLimits } from './limits';
import { installGenerators, type Generators } from './load';
import { checkProbabilities, KINDS, post, probabilitiesIn, type Kind } from './requests';
import { LOAD_CORE, startServer, usageOf, type Server } from './server';
import { sizes } from './size';
import { firstOf, OURS, subjects, type Subject } from './subjects';

const CONNECTIONS = 32;
const STEADY_RATE = 200;
/** Vegeta cannot send more on time from one core. */
const MOST_HELD = 8_000;
const SATURATED_SECONDS = 0.6;
const HELD_SECONDS = 1;
const WARMING_SECONDS = 2;

const measure = (id: string, title: string, unit: string): Measure => ({ id, title, unit });
const LATENCIES = [measure('p50', 'p50', 'ms'), measure('p99', 'p99', 'ms')];

/** The comparisons that one round measures: its values are named `COMPARISON.MEASURE`. */
const PARTS: readonly Pick<Comparison, 'id' | 'title' | 'note' | 'measures'>[] = [
  ...KINDS.map(({ id, title }) => ({
    id,
    title: `${title}: at saturation on one core`,
    note: `${CONNECTIONS} connections, each of which waits for its answer.`,
    measures: [
      measure('rate', 'requests per second', '/s'),
      measure('cpu', 'CPU per request', 'µs'),
      ...LATENCIES,
    ],
  })),
  { id: 'steady', title: `Latency at ${STEADY_RATE} requests per second`, measures: LATENCIES },
  {
    id: 'half',
    title: 'Latency at half of the own saturation',
    note: `At most ${MOST_HELD.toLocaleString('en-US')} requests per second, which one core can send on time.`,
    measures: [measure('rate', 'rate', '/s'), ...LATENCIES],
  },
  { id: 'start', title: 'Start', measures: [measure('first', 'from exec to the first answer', 'ms')] },
  {
    id: 'memory',
    title: 'Memory',
    measures: [measure('idle', 'resident, idle', 'MiB'), measure('loaded', 'resident, after load', 'MiB')],
  },
];

/** Splits rows of whole rounds into comparisons. A comparison has the rows that have all of its measures. */
export function partsOf(rows: readonly Row[], rounds: number): Comparison[] {
  return PARTS.map((part) => ({
    ...part,
    rounds,
    base: OURS,
    rows: rows.flatMap(({ values, ...row }) => {
      const own = part.measures.flatMap(({ id }) => {
        const value = values[`${part.id}.${id}`];
        return value ? [[id, value] as const] : [];
      });
      return own.length === part.measures.length ? [{ ...row, values: Object.fromEntries(own) }] : [];
    }),
  }));
}

async function measureServing(): ReturnType<Topic['measure']> {
  const load = await installGenerators();
  const measured = await subjects();
  // This process, too, must stay off the serving core.
  await output('taskset', ['--all-tasks', '--pid', '--cpu-list', String(LOAD_CORE), String(process.pid)]);
  const rows = await inTurn(measured.all, load);
  return {
    comparisons: [
      ...partsOf(rows, 10),
      await sizes(measured),
      await healthUnderLoad(load, measured.ours),
      await withinLimits(load, measured.ours),
    ],
    versions: Object.fromEntries(['fastapi', 'mlserver'].flatMap(pinned)),
  };
}

/** Starts every server, warms it up, and measures all of them in rounds. */
async function inTurn(all: readonly Subject[], load: Generators): Promise<Row[]> {
  const servers = new Map<Subject, Server>();
  try {
    for (const subject of all) {
      const server = await startServer(subject.command, firstOf(subject).request);
      servers.set(subject, server);
      for (const request of KINDS.flatMap((kind) => subject.request(kind) ?? [])) {
        await load.saturate(server.url, request, CONNECTIONS, WARMING_SECONDS);
      }
    }
    const contenders = [...servers].map(([subject, server]) => ({
      name: subject.name,
      ours: subject.name === OURS,
      measure: async () => ({ ...(await started(subject)), ...(await underLoad(subject, server, load)) }),
    }));
    return await inRounds(contenders, 10);
  } finally {
    await Promise.all([...servers.values()].map((server) => server.stop()));
  }
}

/** Starts a second server and stops it. */
async function started(subject: Subject): Promise<Record<string, number>> {
  if (subject.starts === false) return {};
  const server = await startServer(subject.command, firstOf(subject).request);
  try {
    return { 'start.first': server.startMilliseconds, 'memory.idle': usageOf(server.pid).residentMiB };
  } finally {
    await server.stop();
  }
}

/** Saturates a server with each kind of request, then sends requests at fixed rates. */
async function underLoad(
  subject: Subject,
  server: Server,
  load: Generators,
): Promise<Record<string, number>> {
  const run: Record<string, number> = {};
  for (const kind of KINDS.filter((each) => subject.request(each))) {
    for (const [name, value] of Object.entries(await saturate(subject, server, kind, load))) {
      run[`${kind.id}.${name}`] = value;
    }
  }
  run['memory.loaded'] = usageOf(server.pid).residentMiB;
  const { kind, request } = firstOf(subject);
  const half = Math.round(Math.min((run[`${kind.id}.rate`] ?? 0) / 2, MOST_HELD));
  for (const [id, rate] of [
    ['steady', STEADY_RATE],
    ['half', half],
  ] as const) {
    const { p50, p99 } = await load.hold(server.url, request, rate, HELD_SECONDS);
    Object.assign(run, { [`${id}.rate`]: rate, [`${id}.p50`]: p50, [`${id}.p99`]: p99 });
  }
  return run;
}

/** @throws Error if a probability is wrong before or after the load */
async function saturate(
  subject: Subject,
  { pid, url }: Server,
  kind: Kind,
  load: Generators,
): Promise<Record<string, number>> {
  const request = subject.request(kind);
  if (!request) throw new Error(`${subject.name} does not support ${kind.id}`);
  const check = async (): Promise<void> => {
    checkProbabilities(subject.name, kind, probabilitiesIn(kind, await post(url, request)));
  };
  await check();
  const before = usageOf(pid).cpuSeconds;
  const { rate, responses, p50, p99 } = await load.saturate(url, request, CONNECTIONS, SATURATED_SECONDS);
  const cpu = ((usageOf(pid).cpuSeconds - before) / responses) * 1e6;
  await check();
  return { rate, cpu, p50, p99 };
}

/** Returns the versions that a Python server's requirements pin. */
function pinned(name: string): (readonly [string, string])[] {
  const requirements = readFileSync(path.join(__dirname, 'peers', name, 'requirements.txt'), 'utf8');
  return [...requirements.matchAll(/^(fastapi|uvicorn|scikit-learn|numpy|mlserver)==(.+)$/gm)].map(
    ([, library = '', version = '']) => [`${library} (${name})`, version] as const,
  );
}

const METHOD = `
The same model behind four servers: this service as it is deployed, with validation, both protocols, metrics, request IDs
and documentation; FastAPI with a pydantic model, scikit-learn and one uvicorn worker, as course projects write it, without
the access log; MLServer's scikit-learn runtime in one process, as it starts and with adaptive batching; and the upper
bound, a Fastify service that reads the same bodies and sends the same answers without a model. Their sources and
settings are in [tests/bench/serving](../tests/bench/serving/). Each Python server trains the pipeline that our ONNX file was
exported from. Before and after each load an answer is held to its probabilities, to 1e-5, and every answer must be 200.

All servers run on core 0 and are warm. In each of ten rounds, one server after another starts a second time, for its start
and idle memory, and then receives every kind of request that it supports. Load comes from core 1. autocannon saturates:
each connection waits for its answer, and latencies are whole milliseconds. Vegeta holds fixed rates over at most 64
connections and counts from when a request was due, so a stall counts for every request that was due meanwhile. CPU per
request is the server's own, user and system.`;

export const topic: Topic = {
  id: 'serving',
  title: 'Serving',
  method: METHOD,
  measure: measureServing,
  aims,
};
