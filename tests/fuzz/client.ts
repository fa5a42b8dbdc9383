import { Agent, request, type IncomingHttpHeaders } from 'node:http';
import { gunzipSync, inflateSync } from 'node:zlib';
import type { Target } from './target';

export interface Sent {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer;
  readonly chunked?: boolean;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Decompressed. */
  readonly body: Buffer;
}

/** No answer takes so long on a machine that is not stuck. */
const TIMEOUT = 20_000;

/** One connection, kept alive: what is wrong in one answer's bytes spoils the next. */
export class Client {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 1 });

  constructor(private readonly target: Target) {}

  /** @throws Error if the connection breaks or no answer comes */
  send({ method = 'POST', path, headers = {}, body, chunked = false }: Sent): Promise<Answer> {
    const { host, port } = this.target;
    const length = body === undefined || chunked ? {} : { 'content-length': String(body.length) };
    return new Promise((resolve, reject) => {
      const options = { host, port, method, path, agent: this.agent, timeout: TIMEOUT };
      const sending = request({ ...options, headers: { ...headers, ...length } }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('error', reject);
        answer.on('end', () => {
          const { statusCode: status = 0, headers: found } = answer;
          resolve({ status, headers: found, body: decompressed(Buffer.concat(chunks), found) });
        });
      });
      sending.on('timeout', () => sending.destroy(new Error(`no answer within ${TIMEOUT} ms`)));
      sending.on('error', reject);
      sending.end(body);
    });
  }

  close(): void {
    this.agent.destroy();
  }
}

function decompressed(body: Buffer, headers: IncomingHttpHeaders): Buffer {
  const { 'content-encoding': coding } = headers;
  return coding === 'gzip' ? gunzipSync(body) : coding === 'deflate' ? inflateSync(body) : body;
}
