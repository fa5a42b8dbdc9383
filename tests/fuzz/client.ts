import { Agent, request, type IncomingHttpHeaders } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { gunzipSync, inflateSync } from 'node:zlib';
import examples from '@online-inference/service/model/examples.json';

/** Address of a service. */
export interface Target {
  readonly host: string;
  readonly port: number;
}

export interface Sent {
  /** @default POST */
  readonly method?: string;
  readonly path: string;
  /** A header that is undefined is not sent. @default {} */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly body?: Buffer;
  /** Whether to send the body in chunks instead of its length. @default false */
  readonly chunked?: boolean;
}

export interface Received {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Decompressed. */
  readonly body: Buffer;
}

export const INFER = '/v2/models/heart-disease/infer';

/** A longer wait means that the service hangs. */
const TIMEOUT_MS = 20_000;

/** One connection, kept alive: a wrong byte in one response spoils the next. */
export class Client {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 1 });
  private next = 0;

  constructor(private readonly target: Target) {}

  /** @throws Error if the connection breaks or no response arrives */
  send({ method = 'POST', path, headers = {}, body, chunked = false }: Sent): Promise<Received> {
    return new Promise((resolve, reject) => {
      const sending = request({ ...this.target, method, path, agent: this.agent, timeout: TIMEOUT_MS });
      for (const [name, value] of Object.entries(headers)) {
        if (value !== undefined) sending.setHeader(name, value);
      }
      if (body && !chunked) sending.setHeader('content-length', body.length);
      sending.on('response', (response) => {
        const { statusCode: status = 0, headers: found } = response;
        buffer(response).then((bytes) => {
          resolve({ status, headers: found, body: decompressed(bytes, found) });
        }, reject);
      });
      sending.on('timeout', () => sending.destroy(new Error(`no response within ${TIMEOUT_MS} ms`)));
      sending.on('error', reject);
      sending.end(body);
    });
  }

  /**
   * Sends a right request.
   *
   * @param after what was sent before, for the error
   * @throws Error unless the response is the model's probability, or 503 because the queue is full
   */
  async expectRight(after: string): Promise<void> {
    const { patient = {}, probability = NaN } = examples[this.next++ % examples.length] ?? {};
    const input = { name: 'features', shape: [1, 10], datatype: 'FP32', data: Object.values(patient) };
    const received = await this.send({ path: INFER, body: Buffer.from(JSON.stringify({ inputs: [input] })) });
    const answer = received.body.toString();
    const value = Number(/"probability".*?"data":\[([^\]]*)/.exec(answer)?.[1] ?? NaN);
    if (!isBusy(received) && !(received.status === 200 && Math.abs(value - probability) < 1e-6)) {
      throw new Error(`after ${after}, a right request got ${received.status} ${answer.slice(0, 200)}`);
    }
  }

  close(): void {
    this.agent.destroy();
  }
}

/** Whether the service has no room for a request and says when to retry. */
export function isBusy({ status, headers, body }: Received): boolean {
  return status === 503 && headers['retry-after'] !== undefined && errorIn(body) !== undefined;
}

/** Returns the message of an error body; undefined if the body does not have the documented shape. */
export function errorIn(body: Buffer): string | undefined {
  const { error } = JSON.parse(body.toString()) as { error?: unknown };
  return typeof error === 'string' && error.length > 9 ? error : undefined;
}

function decompressed(body: Buffer, { 'content-encoding': coding }: IncomingHttpHeaders): Buffer {
  return coding === 'gzip' ? gunzipSync(body) : coding === 'deflate' ? inflateSync(body) : body;
}
