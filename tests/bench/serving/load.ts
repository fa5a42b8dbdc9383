import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { installPeer, npm, scratch } from '../frame/peers';
import { runProcess } from '../frame/process';
import type { Request } from './client';
import { LOAD_CORE } from './server';

/** What a load saw. */
export interface Load {
  /** Answers a second. */
  readonly rate: number;
  readonly answers: number;
  /** Milliseconds from the moment when a request was due until its answer had come. */
  readonly p50: number;
  readonly p99: number;
}

/** Sends load from the core that does not serve. Every answer must be 200. */
export interface Generators {
  /** As much as the server takes from so many connections, each of which waits for its answer. */
  saturate(url: string, request: Request, connections: number, seconds: number): Promise<Load>;
  /** So many requests a second, whatever becomes of them: a slow answer holds no other request back. */
  hold(url: string, request: Request, perSecond: number, seconds: number): Promise<Load>;
}

/** Connections that a steady rate begins with. */
const CONNECTIONS = 10;

/** Beyond these, requests wait for a connection as in a client's pool, and the wait counts. */
const MOST_CONNECTIONS = 64;

/** Installs autocannon, which is fast, and Vegeta, whose rate does not wait for answers. */
export async function installGenerators(): Promise<Generators> {
  const autocannon = await installPeer('serving', 'autocannon', npm);
  const vegeta = await installPeer('serving', 'vegeta', async (folder) => {
    await runProcess('go', ['build', '-o', 'vegeta', 'github.com/tsenart/vegeta/v12'], { cwd: folder });
  });
  const folder = scratch('serving', 'load');
  const pinned = (program: string, args: readonly string[]) =>
    runProcess('taskset', ['-c', String(LOAD_CORE), program, ...args], {
      cwd: folder,
      // One core: threads of its own would be in each other's way. Memory is plenty, and collecting it takes time.
      env: { GOMAXPROCS: '1', GOGC: '2000' },
    });
  return {
    saturate: async (url, { path: target, headers, body }, connections, seconds) => {
      writeFileSync(path.join(folder, 'body'), body);
      const { stdout } = await pinned(process.execPath, [
        path.join(autocannon, 'saturate.cjs'),
        ...[`${url}${target}`, 'body', String(connections), String(seconds)],
        ...Object.entries(headers).map(([name, value]) => `${name}=${value}`),
      ]);
      return ofAutocannon(stdout);
    },
    hold: async (url, { path: target, headers, body }, perSecond, seconds) => {
      writeFileSync(
        path.join(folder, 'targets.json'),
        // each target is a line
        `${JSON.stringify({
          method: 'POST',
          url: `${url}${target}`,
          header: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
          body: body.toString('base64'),
        })}\n`,
      );
      const program = path.join(vegeta, 'vegeta');
      await pinned(program, [
        ...['attack', '-format=json', '-targets=targets.json', '-output=results.bin', '-max-body=0'],
        ...[
          `-rate=${perSecond}`,
          `-duration=${seconds}s`,
          `-workers=${CONNECTIONS}`,
          `-connections=${MOST_CONNECTIONS}`,
          `-max-connections=${MOST_CONNECTIONS}`,
        ],
      ]);
      const { stdout } = await pinned(program, ['report', '-type=json', 'results.bin']);
      return ofVegeta(stdout);
    },
  };
}

/** What saturate.cjs prints. */
interface AutocannonReport extends Omit<Load, 'rate'> {
  readonly seconds: number;
  readonly non2xx: number;
  readonly errors: number;
}

function ofAutocannon(json: string): Load {
  const { seconds, non2xx, errors, ...load } = JSON.parse(json) as AutocannonReport;
  if (non2xx > 0 || errors > 0 || load.answers === 0) {
    throw new Error(`of ${load.answers} answers ${non2xx} were not 2xx, and ${errors} requests had none`);
  }
  return { ...load, rate: load.answers / seconds };
}

interface VegetaReport {
  readonly requests: number;
  readonly throughput: number;
  readonly success: number;
  readonly errors: readonly string[];
  /** In nanoseconds. */
  readonly latencies: { readonly '50th': number; readonly '99th': number };
}

function ofVegeta(json: string): Load {
  const { requests, throughput, success, errors, latencies } = JSON.parse(json) as VegetaReport;
  if (success < 1)
    throw new Error(`${success * requests} of ${requests} answers were 2xx: ${errors.join(', ')}`);
  return {
    rate: throughput,
    answers: requests,
    p50: latencies['50th'] / 1e6,
    p99: latencies['99th'] / 1e6,
  };
}
