import { HttpClient, OpenLoop } from '../load/index.ts';
import { CONNECTIONS, DEFAULT_RATE, type Connection } from '../requests/load-shape.ts';
import { identityOf } from './identity.ts';
import type { LoadAnswer } from './load-report.ts';

/** The load that is sent during a recording. */
export interface LoadOptions {
  /** URL to send requests to. `{nodePort}` or `{clusterIP}` in it creates a Service for the recording. */
  readonly url: string;
  /** Requests a second. @default 50 */
  readonly rate?: number | undefined;
  /** JSON pointer into the body, or name of a header, that identifies the version. @default common fields and headers */
  readonly versionPath?: string | undefined;
  /** Seconds after which a request without an answer has failed. @default 5 */
  readonly timeoutSeconds?: number | undefined;
}

const MAX_IN_FLIGHT = 2000;

/** Sends requests at a constant rate, in turn on kept-alive and on new connections. */
export class LoadGenerator {
  readonly #answers: LoadAnswer[] = [];
  readonly #client: HttpClient;
  readonly #loop: OpenLoop;
  #failed = 0;

  /** Starts to send. @param now seconds on the recording's clock */
  constructor(
    private readonly options: LoadOptions,
    private readonly now: () => number,
  ) {
    const { url, rate = DEFAULT_RATE, timeoutSeconds = 5 } = options;
    this.#client = new HttpClient({ url, timeoutSeconds });
    this.#loop = new OpenLoop(rate, now, (number) => this.#send(number % 2 === 0 ? 'kept' : 'new'));
  }

  /** Returns the number of requests answered and failed so far. */
  get progress(): { readonly answered: number; readonly failed: number } {
    return { answered: this.#answers.length - this.#failed, failed: this.#failed };
  }

  /** Stops sending, waits for the requests in flight, and returns the outcome of every request. */
  async stop(): Promise<readonly LoadAnswer[]> {
    await this.#loop.stop();
    this.#client.close();
    return this.#answers;
  }

  async #send(connection: Connection): Promise<void> {
    const at = this.now();
    if (this.#loop.inFlight >= MAX_IN_FLIGHT) {
      this.#add({ at, error: `not sent: ${MAX_IN_FLIGHT} requests are in flight` });
      return;
    }
    const { status = 0, headers = {}, body = '', error } = await this.#client.send({}, connection);
    const reason = error ?? (status >= 400 ? `HTTP ${status}` : undefined);
    if (reason !== undefined) this.#add({ at, error: `${reason} (${CONNECTIONS[connection]})` });
    else this.#add({ at, identity: identityOf(headers, body, this.options.versionPath) });
  }

  #add(answer: LoadAnswer): void {
    this.#answers.push(answer);
    if (answer.error !== undefined) this.#failed += 1;
  }
}
