import { readFileSync } from 'node:fs';
import os from 'node:os';
import { output } from '../../kit/process';
import { inRounds, ROUNDS } from '../measure';
import type { Comparison, Row, Topic } from '../results';
import { aims } from './aims';
import { healthUnderLoad } from './health';
import { withinLimits } from './limits';
import { CONNECTIONS, installVegeta, saturate, type Hold } from './load';
import { checkProbabilities, KINDS, send, type Request } from './requests';
import { startServer, stopServers, type Server } from './server';
import { imageSize } from './size';
import { firstOf, OURS, ourService, peers, requirementsOf, type Subject } from './subjects';

const STEADY_RATE = 200;
/** Vegeta cannot send more on time from one core. */
const MOST_HELD = 8_000;
const SATURATED_SECONDS = 0.6;
const HELD_SECONDS = 1;
const WARMING_SECONDS = 2;
/** The servers run on core 0. */
const LOAD_CORE = 1;

const LATENCIES = { p50: 'p50, ms', p99: 'p99, ms' };

/** The comparisons that one round measures: its values are named `COMPARISON.MEASURE`. */
const PARTS: readonly Pick<Comparison, 'id' | 'title' | 'note' | 'measures'>[] = [
  ...Object.entries(KINDS).map(([id, title]) => ({
    id,
    title: `${title}: at saturation on one core`,
    note: `${CONNECTIONS} connections, each of which waits for its answer.`,
    measures: { rate: 'requests per second, /s', cpu: 'CPU per request, µs', ...LATENCIES },
  })),
  { id: 'steady', title: `Latency at ${STEADY_RATE} requests per second`, measures: LATENCIES },
  {
    id: 'half',
    title: 'Latency at half of the own saturation',
    note: `At most ${MOST_HELD.toLocaleString('en-US')} requests per second, which one core can send on time.`,
    measures: { rate: 'rate, /s', ...LATENCIES },
  },
  { id: 'start', title: 'Start', measures: { first: 'from exec to the first answer, ms' } },
  {
    id: 'memory',
    title: 'Memory',
    measures: { idle: 'resident, idle, MiB', loaded: 'resident, after load, MiB' },
  },
];

/** Splits rows of whole rounds into comparisons. A comparison has the rows that have all of its measures. */
function partsOf(rows: readonly Row[]): Comparison[] {
  return PARTS.map((part) => ({
    ...part,
    rounds: ROUNDS,
    base: OURS,
    rows: rows.flatMap(({ values, ...row }) => {
      const ids = Object.keys(part.measures);
      const own = ids.flatMap((id) => {
        const value = values[`${part.id}.${id}`];
        return value ? [[id, value] as const] : [];
      });
      return own.length === ids.length ? [{ ...row, values: Object.fromEntries(own) }] : [];
    }),
  }));
}

/** Moves this process, and those that it starts, to some cores. */
const moveTo = (cores: string) =>
  output('taskset', ['--all-tasks', '--pid', '--cpu-list', cores, String(process.pid)]);

async function measureServing(): ReturnType<Topic['measure']> {
  const size = await imageSize();
  const hold = await installVegeta();
  const ours = await ourService();
  const subjects = [ours, ...(await peers())];
  await moveTo(String(LOAD_CORE));
  try {
    const rows = await inTurn(subjects, hold);
    const others = [size, await healthUnderLoad(hold, ours), await withinLimits(ours)];
    return { comparisons: [...partsOf(rows), ...others], versions: pinnedVersions() };
  } finally {
    stopServers();
    await moveTo(`0-${os.cpus().length - 1}`);
  }
}

/** Starts every server, warms it up, and measures all of them in rounds. */
async function inTurn(subjects: readonly Subject[], hold: Hold): Promise<Row[]> {
  const contenders = [];
  for (const subject of subjects) {
    const warm = await startServer(subject.command, firstOf(subject)[1]);
    for (const request of Object.values(subject.requests)) {
      await saturate(warm.url, request, WARMING_SECONDS);
    }
    const round = async () => ({ ...(await started(subject)), ...(await underLoad(subject, warm, hold)) });
    contenders.push({ name: subject.name, ours: subject.name === OURS, measure: round });
  }
  const rows = await inRounds(contenders);
  stopServers();
  return rows;
}

/** Starts a second server and stops it. */
async function started(subject: Subject): Promise<Record<string, number>> {
  const { startMs, usage, stop } = await startServer(subject.command, firstOf(subject)[1]);
  const idle = usage().residentMiB;
  await stop();
  return { 'start.first': startMs, 'memory.idle': idle };
}

/** Saturates a server with each kind of request, then sends requests at fixed rates. */
async function underLoad(subject: Subject, server: Server, hold: Hold): Promise<Record<string, number>> {
  const values: Record<string, number> = {};
  for (const [kind, kindRequest] of Object.entries(subject.requests)) {
    const measured = Object.entries(await saturated(server, kindRequest));
    for (const [name, value] of measured) values[`${kind}.${name}`] = value;
  }
  values['memory.loaded'] = server.usage().residentMiB;
  const [kind, request] = firstOf(subject);
  const half = Math.round(Math.min((values[`${kind}.rate`] ?? 0) / 2, MOST_HELD));
  for (const [id, perSecond] of Object.entries({ steady: STEADY_RATE, half })) {
    const { p50, p99 } = await hold(server.url, request, { perSecond, seconds: HELD_SECONDS });
    Object.assign(values, { [`${id}.rate`]: perSecond, [`${id}.p50`]: p50, [`${id}.p99`]: p99 });
  }
  return values;
}

/** @throws Error if a probability is wrong before or after the load */
async function saturated({ url, usage }: Server, request: Request): Promise<Record<string, number>> {
  await checkProbabilities(await send(url, request), request.patients);
  const before = usage().cpuSeconds;
  const { requests, duration, latency } = await saturate(url, request, SATURATED_SECONDS);
  const cpu = ((usage().cpuSeconds - before) / requests.total) * 1e6;
  await checkProbabilities(await send(url, request), request.patients);
  return { rate: requests.total / duration, cpu, p50: latency.p50, p99: latency.p99 };
}

/** Returns the versions that the Python servers' requirements pin. */
function pinnedVersions(): Record<string, string> {
  const pin = /^(fastapi|uvicorn|scikit-learn|numpy|mlserver)==(.+)$/gm;
  const versions = (['fastapi', 'mlserver'] as const).flatMap((peer) =>
    [...readFileSync(requirementsOf(peer), 'utf8').matchAll(pin)].map(
      ([, library = '', version = '']): [string, string] => [`${library} (${peer})`, version],
    ),
  );
  return Object.fromEntries(versions);
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
