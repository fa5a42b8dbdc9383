import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { output } from '../../kit/process';
import { bundled, scratch } from '../measure';
import type { Request } from './requests';
import { LOAD_CORE } from './server';

/** What a load generator observed. */
export interface Load {
  /** Responses per second. */
  readonly rate: number;
  readonly responses: number;
  /** Milliseconds from when a request was due until its response arrived. */
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** Sends load from the core that does not serve. Every response must be 200. */
export interface Generators {
  /** Sends as much as the server takes from some connections, each of which waits for its response. */
  saturate(url: string, request: Request, connections: number, seconds: number): Promise<Load>;
  /** Sends requests at a fixed rate. A slow response does not delay other requests. */
  hold(
    url: string,
    request: Request,
    perSecond: number,
    seconds: number,
    options?: HoldOptions,
  ): Promise<Load>;
}

interface HoldOptions {
  /** @default 'POST' */
  readonly method?: 'GET' | 'POST';
  /** @default true */
  readonly keepAlive?: boolean;
}

/** Beyond this number, requests wait for a connection as in a client's pool, and the wait counts. */
const MOST_CONNECTIONS = 64;

const VEGETA = 'github.com/tsenart/vegeta/v12@v12.12.0';

/** Installs autocannon, which is fast, and Vegeta, which keeps its rate whatever the server does. */
export async function installGenerators(): Promise<Generators> {
  const autocannon = await bundled('serving/saturate.ts');
  const folder = scratch('load');
  await output('go', ['install', VEGETA], { env: { GOBIN: folder } });
  const vegeta = path.join(folder, 'vegeta');
  const pinned = (program: string, args: readonly string[]) =>
    output('taskset', ['-c', String(LOAD_CORE), program, ...args], {
      cwd: folder,
      // On one core, Go's threads would compete; collecting garbage would delay requests.
      env: { GOMAXPROCS: '1', GOGC: '2000' },
    });
  return {
    saturate: async (url, { path: target, headers, body }, connections, seconds) => {
      writeFileSync(path.join(folder, 'body'), body);
      const load = { url: `${url}${target}`, headers, body: 'body', connections, duration: seconds };
      return JSON.parse(await pinned(process.execPath, [autocannon, JSON.stringify(load)])) as Load;
    },
    hold: async (
      url,
      { path: target, headers, body },
      perSecond,
      seconds,
      { method = 'POST', keepAlive = true } = {},
    ) => {
      const lists = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));
      const request = { method, url: `${url}${target}`, header: lists, body: body.toString('base64') };
      writeFileSync(path.join(folder, 'targets.json'), `${JSON.stringify(request)}\n`);
      await pinned(vegeta, [
        ...['attack', '-format=json', '-targets=targets.json', '-output=results.bin', '-max-body=0'],
        ...[`-rate=${perSecond}`, `-duration=${seconds}s`, `-keepalive=${String(keepAlive)}`],
        ...[`-connections=${MOST_CONNECTIONS}`, `-max-connections=${MOST_CONNECTIONS}`],
      ]);
      return loadOf(await pinned(vegeta, ['report', '-type=json', 'results.bin']));
    },
  };
}

interface VegetaReport {
  readonly requests: number;
  readonly throughput: number;
  readonly success: number;
  readonly errors: readonly string[];
  /** Nanoseconds. */
  readonly latencies: { readonly '50th': number; readonly '99th': number; readonly max: number };
}

function loadOf(json: string): Load {
  const { requests, throughput, success, errors, latencies } = JSON.parse(json) as VegetaReport;
  if (success < 1) {
    throw new Error(`${success * requests} of ${requests} responses were 200: ${errors.join(', ')}`);
  }
  const [p50, p99, max] = [latencies['50th'], latencies['99th'], latencies.max].map((time) => time / 1e6);
  return { rate: throughput, responses: requests, p50: p50 ?? NaN, p99: p99 ?? NaN, max: max ?? NaN };
}
