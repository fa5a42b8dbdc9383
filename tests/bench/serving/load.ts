import path from 'node:path';
import type { Result } from 'autocannon';
import { output } from '../../kit/process';
import { scratch } from '../measure';
import type { Request } from './requests';

/** Connections that saturate a server. Each waits for its response. */
export const CONNECTIONS = 32;

/** Beyond this number, requests wait for a connection as in a client's pool, and the wait counts. */
const MOST_CONNECTIONS = 64;

const VEGETA = 'github.com/tsenart/vegeta/v12@v12.12.0';

/** Saturates a server with autocannon, in a process of its own. @throws Error unless every response is 200 */
export async function saturate(
  url: string,
  { path: target, headers, body }: Request,
  seconds: number,
): Promise<Result> {
  const options = { url: `${url}${target}`, method: 'POST', headers, connections: CONNECTIONS };
  const input = JSON.stringify({ ...options, duration: seconds, body: body.toString('base64') });
  const program = path.join(__dirname, 'autocannon.cjs');
  const result = JSON.parse(await output(process.execPath, [program], { input })) as Result;
  const { requests, non2xx, errors } = result;
  if (non2xx > 0 || errors > 0 || requests.total === 0) {
    throw new Error(
      `${non2xx} of ${requests.total} responses were not 2xx; ${errors} requests had no response`,
    );
  }
  return result;
}

/** Latencies in milliseconds from when a request was due until its response arrived. */
interface Latencies {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** Sends requests at a fixed rate, whatever the server does. */
export type Hold = (
  url: string,
  request: Request,
  load: { readonly perSecond: number; readonly seconds: number; readonly keepAlive?: boolean },
) => Promise<Latencies>;

/** Installs Vegeta. @returns a function that throws an Error unless every response is 200 */
export async function installVegeta(): Promise<Hold> {
  const folder = scratch('vegeta');
  await output('go', ['install', VEGETA], { env: { GOBIN: folder } });
  return async (url, request, { perSecond, seconds, keepAlive = true }) => {
    const attack =
      `./vegeta attack -format=json -max-body=0 -rate=${perSecond} -duration=${seconds}s -keepalive=${String(keepAlive)} ` +
      `-connections=${MOST_CONNECTIONS} -max-connections=${MOST_CONNECTIONS}`;
    const target = {
      method: request.body.length > 0 ? 'POST' : 'GET',
      url: `${url}${request.path}`,
      header: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, [value]])),
      body: request.body.toString('base64'),
    };
    const printed = await output('sh', ['-c', `${attack} > results && ./vegeta report -type=json results`], {
      cwd: folder,
      input: `${JSON.stringify(target)}\n`,
      // On one core, Go's threads would compete; collecting garbage would delay requests.
      env: { GOMAXPROCS: '1', GOGC: '2000' },
    });
    const { success, errors, latencies } = JSON.parse(printed) as VegetaReport;
    if (success < 1) throw new Error(`${100 * success} % of the responses were 200: ${errors.join(', ')}`);
    return { p50: latencies['50th'] / 1e6, p99: latencies['99th'] / 1e6, max: latencies.max / 1e6 };
  };
}

interface VegetaReport {
  /** Share of the requests. */
  readonly success: number;
  readonly errors: readonly string[];
  /** Nanoseconds. */
  readonly latencies: { readonly '50th': number; readonly '99th': number; readonly max: number };
}
