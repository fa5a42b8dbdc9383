import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { output } from '../../kit/process';
import { pythonEnvironment } from '../../kit/tools';
import { compared, scratch, type Contender } from '../measure';
import type { Comparison } from '../results';
import { saturate, type Hold } from './load';
import { startServer } from './server';
import { firstOf, MODEL, type Subject } from './subjects';

export const SATURATED = 'saturated, a batch takes 0.1 s';

const WARMING_SECONDS = 0.5;
const SECONDS = 1;
const PROBES = { perSecond: 200, seconds: SECONDS, keepAlive: false };
const PROBE = { path: '/readyz', headers: {}, body: Buffer.alloc(0), patients: 0 };

/** Measures how soon the health endpoint answers while the service is asked for more than it can infer. */
export async function healthUnderLoad(hold: Hold, ours: Subject): Promise<Comparison> {
  const [, request] = firstOf(ours);
  const folder = scratch('slow-model');
  const bin = await pythonEnvironment(path.join(__dirname, 'slow_model.txt'));
  const script = path.join(__dirname, 'slow_model.py');
  await output(`${bin}/python`, [script, path.join(MODEL, 'heart-disease.json'), folder]);
  const contender = (name: string, isBusy: boolean, env = {}): Contender => ({
    name,
    ours: true,
    measure: async () => {
      const command = (port: number) => {
        const own = ours.command(port);
        return { ...own, env: { ...own.env, ...env } };
      };
      const { url, stop } = await startServer(command, request);
      await saturate(url, request, WARMING_SECONDS);
      const load = isBusy ? saturate(url, request, SECONDS) : sleep(SECONDS * 1000);
      const [{ p50, p99, max }] = await Promise.all([hold(url, PROBE, PROBES), load]);
      await stop();
      return { p50, p99, most: max };
    },
  });
  return compared(
    {
      id: 'health',
      title: 'The health endpoint under load',
      note: `Vegeta asks for /readyz ${PROBES.perSecond} times a second, each time on a new connection as the kubelet does.`,
      measures: { p50: 'p50, ms', p99: 'p99, ms', most: 'longest, ms' },
      base: 'idle',
    },
    [
      contender('idle', false),
      contender('saturated, the packaged model', true),
      contender(SATURATED, true, { MODEL_PATH: path.join(folder, 'slow.onnx') }),
    ],
  );
}
