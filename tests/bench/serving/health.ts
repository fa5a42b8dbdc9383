import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { output } from '../../kit/process';
import { pythonEnvironment } from '../../kit/tools';
import { compared, scratch, type Contender } from '../measure';
import type { Comparison } from '../results';
import type { Generators } from './load';
import { startServer } from './server';
import { firstOf, MODEL, type Subject } from './subjects';

export const SATURATED = 'saturated, a batch takes 0.1 s';

const CONNECTIONS = 32;
const WARMING_SECONDS = 0.5;
const SECONDS = 1;
const PROBES_PER_SECOND = 200;
const PROBE = { path: '/readyz', headers: {}, body: Buffer.alloc(0) };

/** Measures how soon the health endpoint answers while the service is asked for more than it can infer. */
export async function healthUnderLoad(load: Generators, ours: Subject): Promise<Comparison> {
  const folder = scratch('slow-model');
  const bin = await pythonEnvironment(path.join(__dirname, 'slow_model.txt'));
  const script = path.join(__dirname, 'slow_model.py');
  await output(path.join(bin, 'python'), [script, path.join(MODEL, 'heart-disease.json'), folder]);
  const heavy: Subject = {
    ...ours,
    command: (port) => {
      const command = ours.command(port);
      return { ...command, env: { ...command.env, MODEL_PATH: path.join(folder, 'slow.onnx') } };
    },
  };
  const contender = (name: string, subject: Subject, busy: boolean): Contender => ({
    name,
    ours: true,
    measure: () => probed(load, subject, busy),
  });
  return compared(
    {
      id: 'health',
      title: 'The health endpoint under load',
      note: `Vegeta asks for /readyz ${PROBES_PER_SECOND} times a second, each time on a new connection as the kubelet does.`,
      measures: [
        { id: 'p50', title: 'p50', unit: 'ms' },
        { id: 'p99', title: 'p99', unit: 'ms' },
        { id: 'most', title: 'longest', unit: 'ms' },
      ],
      base: 'idle',
    },
    [
      contender('idle', ours, false),
      contender('saturated, the packaged model', ours, true),
      contender(SATURATED, heavy, true),
    ],
  );
}

async function probed(load: Generators, subject: Subject, busy: boolean): Promise<Record<string, number>> {
  const { request } = firstOf(subject);
  const server = await startServer(subject.command, request);
  try {
    await load.saturate(server.url, request, CONNECTIONS, WARMING_SECONDS);
    const probes = load.hold(server.url, PROBE, PROBES_PER_SECOND, SECONDS, {
      method: 'GET',
      keepAlive: false,
    });
    const saturated = busy ? load.saturate(server.url, request, CONNECTIONS, SECONDS) : sleep(SECONDS * 1000);
    const [{ p50, p99, max }] = await Promise.all([probes, saturated]);
    return { p50, p99, most: max };
  } finally {
    await server.stop();
  }
}
