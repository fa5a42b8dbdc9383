import http from 'node:http';
import https from 'node:https';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { KEPT_CONNECTIONS, type Connection } from '../requests/load-shape.ts';

/** A request to send. */
export interface HttpRequest {
  /** @default 'GET' */
  readonly method?: string;
  /** Path and query. @default - the path and query of the client's URL */
  readonly path?: string;
  /** JSON body. @default - no body */
  readonly body?: string;
}

/** The outcome of one request. */
export interface HttpExchange {
  /** Connections that were refused before one was accepted or the client gave up. */
  readonly refused: number;
  /** Whether the connection had carried a request before. */
  readonly reused: boolean;
  readonly status?: number;
  readonly headers?: http.IncomingHttpHeaders;
  readonly body?: string;
  /** Why there is no complete answer: a code such as ECONNRESET, or the timeout. */
  readonly error?: string;
}

/** Options of an HttpClient. */
export interface HttpClientOptions {
  readonly url: string;
  /** A request without a complete answer after this many seconds has failed. */
  readonly timeoutSeconds: number;
  /**
   * Whether to try another connection when one is refused, as nothing was sent yet. A request
   * that was sent is never sent again. @default false
   */
  readonly reconnects?: boolean;
}

const RECONNECT_MS = 10;

/** Sends requests to one server, each at most once. */
export class HttpClient {
  readonly #url: URL;
  readonly #http: typeof http | typeof https;
  readonly #kept: readonly http.Agent[];
  #turn = 0;

  constructor(private readonly options: HttpClientOptions) {
    this.#url = new URL(options.url);
    this.#http = this.#url.protocol === 'https:' ? https : http;
    this.#kept = Array.from({ length: KEPT_CONNECTIONS }, () => new this.#http.Agent({ keepAlive: true }));
  }

  /** Sends a request. Never rejects. */
  async send(request: HttpRequest, connection: Connection): Promise<HttpExchange> {
    const { timeoutSeconds, reconnects = false } = this.options;
    const signal = AbortSignal.timeout(timeoutSeconds * 1000);
    for (let refused = 0; ; refused++) {
      const exchange = await this.#send(request, connection, signal);
      if (exchange.error !== 'ECONNREFUSED') return { ...exchange, refused };
      if (!reconnects || signal.aborted) return { ...exchange, refused: refused + 1 };
      await sleep(RECONNECT_MS);
    }
  }

  /** Closes the kept-alive connections. */
  close(): void {
    for (const agent of this.#kept) agent.destroy();
  }

  #send(
    { method = 'GET', path, body }: HttpRequest,
    connection: Connection,
    signal: AbortSignal,
  ): Promise<Omit<HttpExchange, 'refused'>> {
    const url = path === undefined ? this.#url : new URL(path, this.#url);
    const agent = connection === 'kept' ? this.#kept[this.#turn++ % KEPT_CONNECTIONS] : false;
    const headers = body === undefined ? {} : jsonHeaders(body);
    return new Promise((resolve) => {
      const fail = (error: NodeJS.ErrnoException, status?: number): void => {
        const reason = signal.aborted
          ? `no answer in ${this.options.timeoutSeconds} s`
          : (error.code ?? error.message);
        resolve({ reused: request.reusedSocket, error: reason, ...(status !== undefined && { status }) });
      };
      const receive = async (response: http.IncomingMessage): Promise<void> => {
        const { statusCode: status = 0, headers } = response;
        try {
          resolve({ reused: request.reusedSocket, status, headers, body: await text(response) });
        } catch (error) {
          fail(error as NodeJS.ErrnoException, status);
        }
      };
      const request = this.#http.request(url, { method, headers, agent, signal }, (response) => {
        void receive(response);
      });
      request.on('error', fail).end(body);
    });
  }
}

function jsonHeaders(body: string): http.OutgoingHttpHeaders {
  return { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
}
