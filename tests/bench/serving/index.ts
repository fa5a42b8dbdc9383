import { readFileSync } from 'node:fs';
import path from 'node:path';
import { compare } from '../frame/compare';
import { runProcess } from '../frame/process';
import type { Measured, Topic } from '../frame/topic';
import { aims } from './aims';
import { parted } from './comparisons';
import { healthUnderLoad } from './health';
import { installGenerators, type Generators } from './load';
import { field } from './peers';
import { withinLimits } from './pod';
import { firstOf, startOnce, underLoad, warm } from './round';
import { LOAD_CORE, startServer, type Server } from './server';
import { sizes } from './size';
import type { Subject } from './subjects';

async function measure(): Promise<Measured> {
  const load = await installGenerators();
  const { node, ours, subjects, folders } = await field();
  await keepOffTheServer();
  const contest = await withServers(subjects, load, (servers) =>
    compare({
      id: 'serving',
      title: '',
      measures: [],
      warmups: 0,
      contenders: servers.map(([subject, server]) => ({
        name: subject.name,
        ours: subject.ours,
        measure: async () => ({
          ...(subject.startsAs === undefined && (await startOnce(subject))),
          ...(await underLoad(subject, server, load)),
        }),
      })),
    }),
  );
  return {
    comparisons: [
      ...parted(contest),
      await sizes(node, folders),
      await healthUnderLoad(load, ours),
      await withinLimits(load, ours),
    ],
    versions: versions(),
  };
}

/** Servers that are up for all rounds, and warm. */
async function withServers<T>(
  subjects: readonly Subject[],
  load: Generators,
  use: (servers: readonly (readonly [Subject, Server])[]) => Promise<T>,
): Promise<T> {
  const servers: [Subject, Server][] = [];
  try {
    for (const subject of subjects) {
      const server = await startServer(subject.command, firstOf(subject).request);
      servers.push([subject, server]);
      await warm(subject, server, load);
    }
    return await use(servers);
  } finally {
    await Promise.all(servers.map(([, server]) => server.stop()));
  }
}

/** This process, too, works on the core that sends load. */
async function keepOffTheServer(): Promise<void> {
  await runProcess('taskset', ['--all-tasks', '--pid', '--cpu-list', String(LOAD_CORE), String(process.pid)]);
}

function versions(): Record<string, string> {
  const pinned = ['fastapi', 'mlserver'].flatMap((name) => {
    const text = readFileSync(path.join(__dirname, 'peers', name, 'requirements.txt'), 'utf8');
    return [...text.matchAll(/^(fastapi|uvicorn|scikit-learn|numpy|mlserver)==(.+)$/gm)].map(
      ([, library = '', version = '']) => [`${library} (${name})`, version] as const,
    );
  });
  return Object.fromEntries(pinned);
}

const METHOD = `
The same model behind this service as it is deployed, with validation, both protocols, metrics, request ids and
documentation on; FastAPI with a pydantic model and scikit-learn, one uvicorn worker, as course projects write it, less
the access log; MLServer's own scikit-learn runtime, in one process, as it starts and with its adaptive batching; and the least that a
Fastify service can do, which reads the same bodies and sends the same answers without a model: the limit. Their sources
and settings are in [tests/bench/serving/peers](../tests/bench/serving/peers/). Each trains the pipeline that our ONNX file was made
from; before and after each run an answer is held to its probabilities, to 1e-5, and every answer must be 200.

All servers are up on core 0 and warm. In each of ten rounds one after the other is started a second time, for its start
and idle memory, and then asked in every way it can be. Load comes from core 1: saturation by autocannon, whose
connections each wait for their answer and whose latencies are whole milliseconds; fixed rates by Vegeta, over at most 64
connections, which counts from when a request was due, so that a stall counts for all that were due meanwhile. CPU a request is the server's own, of user and system.
`;

export const topic: Topic = {
  id: 'serving',
  title: 'Serving',
  method: METHOD,
  measure,
  aims,
};
