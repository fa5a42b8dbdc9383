import http from 'node:http';
import os from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { slowModel } from '../../../packages/service/tests/slow-model';
import { compare } from '../frame/compare';
import type { Comparison, Run } from '../frame/topic';
import type { Generators } from './load';
import { CONNECTIONS, firstOf } from './round';
import { startServer } from './server';
import type { Subject } from './subjects';

export const SATURATED = 'saturated, a batch takes 0.1 s';

/** Of a millisecond each: a batch of any size takes about 0.1 s. */
const ROUNDS = 100;
const WARMING_SECONDS = 0.5;
const SECONDS = 1;
const PERIOD_MS = 5;
const PATHS = ['/livez', '/readyz'];

/** How soon the health endpoints answer while the service is asked for more than it can infer. */
export async function healthUnderLoad(load: Generators, ours: Subject): Promise<Comparison> {
  const slow = slowModel(ROUNDS);
  const heavy: Subject = {
    ...ours,
    command: (port) => {
      const command = ours.command(port);
      return { ...command, env: { ...command.env, MODEL_PATH: slow.path } };
    },
  };
  try {
    return await compare({
      id: 'health',
      title: 'Health endpoints while predictions are asked for',
      measures: [
        { id: 'p50', title: '/livez and /readyz, p50', unit: 'ms', better: 'lower' },
        { id: 'p99', title: 'p99', unit: 'ms', better: 'lower' },
        { id: 'most', title: 'longest', unit: 'ms', better: 'lower' },
      ],
      rounds: 10,
      warmups: 0,
      contenders: [
        { name: 'idle', ours: true, measure: () => probed(load, ours, false) },
        {
          name: 'saturated, the packaged model',
          ours: true,
          measure: () => probed(load, ours, true),
        },
        { name: SATURATED, ours: true, measure: () => probed(load, heavy, true) },
      ],
    });
  } finally {
    slow.remove();
  }
}

async function probed(load: Generators, subject: Subject, busy: boolean): Promise<Run> {
  const { request } = firstOf(subject);
  const server = await startServer(subject.command, request);
  try {
    await load.saturate(server.url, request, CONNECTIONS, WARMING_SECONDS);
    const saturated = busy ? load.saturate(server.url, request, CONNECTIONS, SECONDS) : sleep(SECONDS * 1000);
    const [times] = await Promise.all([first(() => probe(server.url)), saturated]);
    const sorted = times.sort((a, b) => a - b);
    const at = (part: number): number => sorted[Math.ceil(part * sorted.length) - 1] ?? NaN;
    return { p50: at(0.5), p99: at(0.99), most: at(1) };
  } finally {
    await server.stop();
  }
}

/** Before what sends load from the same core: its wait for the core would count as the server's. */
async function first<T>(work: () => Promise<T>): Promise<T> {
  os.setPriority(os.constants.priority.PRIORITY_HIGHEST);
  try {
    return await work();
  } finally {
    os.setPriority(os.constants.priority.PRIORITY_NORMAL);
  }
}

/** Asks every few milliseconds, whatever has been answered, each time on a connection of its own as the kubelet does. */
async function probe(url: string): Promise<number[]> {
  const asked: Promise<number>[] = [];
  const end = performance.now() + SECONDS * 1000;
  while (performance.now() < end) {
    asked.push(milliseconds(`${url}${PATHS[asked.length % PATHS.length] ?? ''}`));
    await sleep(PERIOD_MS);
  }
  return Promise.all(asked);
}

async function milliseconds(url: string): Promise<number> {
  const began = performance.now();
  const status = await new Promise<number | undefined>((resolve, reject) => {
    http
      .get(url, { agent: false }, (response) => {
        response.resume().once('end', () => {
          resolve(response.statusCode);
        });
      })
      .once('error', reject);
  });
  if (status !== 200) throw new Error(`${url} was answered ${String(status)}`);
  return performance.now() - began;
}
