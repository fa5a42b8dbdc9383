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
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer;
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
    const length = body === undefined || chunked ? {} : { 'content-length': String(body.length) };
    return new Promise((resolve, reject) => {
      const options = { ...this.target, method, path, agent: this.agent, timeout: TIMEOUT_MS };
      const sending = request({ ...options, headers: { ...headers, ...length } }, (response) => {
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
    const { patient, probability = NaN } = examples[this.next++ % examples.length] ?? {};
    const input = { name: 'features', shape: [1, 10], datatype: 'FP32', data: Object.values(patient ?? {}) };
    const received = await this.send({ path: INFER, body: Buffer.from(JSON.stringify({ inputs: [input] })) });
    if (isBusy(received)) return;
    const text = received.body.toString();
    const { outputs } = (received.status === 200 ? JSON.parse(text) : {}) as {
      outputs?: { data: number[] }[];
    };
    if (!(Math.abs((outputs?.[0]?.data[0] ?? NaN) - probability) < 1e-6)) {
      throw new Error(
        `after ${after}, a right request was answered with ${received.status} ${text.slice(0, 200)}`,
      );
    }
  }

  close(): void {
    this.agent.destroy();
  }
}

/** Whether the service has no room for a request and says when to retry. */
export function isBusy({ status, headers }: Received): boolean {
  return status === 503 && headers['retry-after'] !== undefined;
}

function decompressed(body: Buffer, { 'content-encoding': coding }: IncomingHttpHeaders): Buffer {
  return coding === 'gzip' ? gunzipSync(body) : coding === 'deflate' ? inflateSync(body) : body;
}
