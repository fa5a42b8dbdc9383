import http from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Question } from './questions';

/** On a connection that is kept alive, or on one of its own. They fail in different ways when a pod goes. */
export type Connection = 'kept' | 'new';

/** Nothing listens at the other end. */
export const REFUSED = 'ECONNREFUSED';

/** What became of one request. */
export interface Exchange {
  /** How many connections were refused before the one that it went over, or before it was given up. */
  readonly refused: number;
  /** Whether the connection had carried a request before. */
  readonly reused: boolean;
  readonly status?: number;
  readonly body?: string;
  /** Why there is no whole answer: a code such as ECONNRESET, or that its time was over. */
  readonly error?: string;
}

/**
 * So many connections are kept alive and used in turn. Each is a client of its own: were they one
 * pool, whose last-used connection comes first, a single connection to a single pod would carry nearly all.
 */
export const KEPT_CONNECTIONS = 16;

export interface ClientOptions {
  readonly host: string;
  readonly port: number;
  /** A request without a whole answer after so long has failed. */
  readonly timeoutSeconds: number;
  /**
   * Whether a request whose connection is refused goes over another one, as nothing was sent yet.
   * What was sent is never sent again. @default false
   */
  readonly reconnects?: boolean;
}

const RECONNECT_MS = 10;

/** Sends requests, each once. */
export class Client {
  readonly #kept = Array.from({ length: KEPT_CONNECTIONS }, () => new http.Agent({ keepAlive: true }));
  #turn = 0;

  constructor(private readonly options: ClientOptions) {}

  async send(question: Question, connection: Connection): Promise<Exchange> {
    const { timeoutSeconds, reconnects = false } = this.options;
    const signal = AbortSignal.timeout(timeoutSeconds * 1000);
    for (let refused = 0; ; refused++) {
      const exchange = await this.#send(question, connection, signal);
      if (exchange.error !== REFUSED) {
        return { ...exchange, refused };
      }
      if (!reconnects || signal.aborted) {
        return { ...exchange, refused: refused + 1 };
      }
      await sleep(RECONNECT_MS);
    }
  }

  #send(
    { method, path, body }: Question,
    connection: Connection,
    signal: AbortSignal,
  ): Promise<Omit<Exchange, 'refused'>> {
    const { host, port, timeoutSeconds } = this.options;
    const agent = connection === 'kept' ? this.#kept[this.#turn++ % KEPT_CONNECTIONS] : false;
    const headers =
      body === undefined
        ? {}
        : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    return new Promise((resolve) => {
      const failed = (error: unknown, status?: number): void => {
        const { code, message } = Object(error) as NodeJS.ErrnoException;
        const why = signal.aborted ? `no answer in ${timeoutSeconds} s` : (code ?? message);
        resolve({ reused: request.reusedSocket, error: why, ...(status !== undefined && { status }) });
      };
      const request = http.request({ host, port, method, path, headers, agent, signal }, (response) => {
        const { statusCode: status = 0 } = response;
        text(response).then(
          (whole) => {
            resolve({ reused: request.reusedSocket, status, body: whole });
          },
          (error: unknown) => {
            failed(error, status);
          },
        );
      });
      request.on('error', failed).end(body);
    });
  }

  close(): void {
    this.#kept.forEach((agent) => {
      agent.destroy();
    });
  }
}
