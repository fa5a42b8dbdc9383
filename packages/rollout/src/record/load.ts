import http from 'node:http';
import https from 'node:https';
import { text } from 'node:stream/consumers';
import { identityOf } from './identity';
import type { Answer } from './load-report';

export interface LoadOptions {
  readonly url: string;
  /** Requests a second. @default 50 */
  readonly rate?: number;
  /** What of an answer tells its version, see `identityOf`. */
  readonly versionPath?: string;
  /** A request without an answer after so many seconds has failed. @default 5 */
  readonly timeoutSeconds?: number;
}

export const DEFAULT_RATE = 50;
const TICK_MS = 5;
const MAX_IN_FLIGHT = 2000;

/**
 * Sends requests at a steady rate, whatever becomes of them, so that a slow service
 * cannot hide behind a client that waits. Every other one is on a connection of its
 * own, the rest on connections that are kept alive: the two fail in different ways
 * when a pod goes.
 */
export class Load {
  readonly #answers: Answer[] = [];
  readonly #inFlight = new Set<Promise<void>>();
  readonly #client: typeof http | typeof https;
  readonly #keepAlive: http.Agent;
  readonly #timer: NodeJS.Timeout;
  readonly #begun: number;
  #sent = 0;
  #failed = 0;

  /** @param now seconds on the recording's clock */
  constructor(
    readonly options: LoadOptions,
    private readonly now: () => number,
  ) {
    const secure = new URL(options.url).protocol === 'https:';
    this.#client = secure ? https : http;
    this.#keepAlive = new this.#client.Agent({ keepAlive: true });
    this.#begun = now();
    this.#timer = setInterval(() => {
      this.#tick();
    }, TICK_MS);
  }

  /** What has been sent so far and answered, well or not. */
  get progress(): { readonly answered: number; readonly failed: number } {
    return { answered: this.#answers.length - this.#failed, failed: this.#failed };
  }

  /** Sends no more, and waits for what is under way. */
  async stop(): Promise<readonly Answer[]> {
    clearInterval(this.#timer);
    await Promise.all(this.#inFlight);
    this.#keepAlive.destroy();
    return this.#answers;
  }

  #tick(): void {
    const due = Math.floor((this.now() - this.#begun) * (this.options.rate ?? DEFAULT_RATE));
    for (; this.#sent < due; this.#sent++) {
      const at = this.now();
      if (this.#inFlight.size >= MAX_IN_FLIGHT) {
        this.#note({ at, error: `not sent: ${MAX_IN_FLIGHT} requests are waiting for an answer` });
        continue;
      }
      const request = this.#ask(this.#sent % 2 === 0).then((answer) => {
        this.#note({ at, ...answer });
        this.#inFlight.delete(request);
      });
      this.#inFlight.add(request);
    }
  }

  #note(answer: Answer): void {
    this.#answers.push(answer);
    if (answer.error !== undefined) this.#failed += 1;
  }

  #ask(kept: boolean): Promise<Omit<Answer, 'at'>> {
    const { url, versionPath, timeoutSeconds = 5 } = this.options;
    const kind = kept ? 'kept-alive connection' : 'new connection';
    const signal = AbortSignal.timeout(timeoutSeconds * 1000);
    return new Promise((resolve) => {
      const failed = (error: NodeJS.ErrnoException): void => {
        const why = signal.aborted ? `no answer in ${timeoutSeconds} s` : (error.code ?? error.message);
        resolve({ error: `${why} (${kind})` });
      };
      const receive = async (response: http.IncomingMessage): Promise<void> => {
        const { statusCode = 0, headers } = response;
        const body = await text(response);
        if (statusCode >= 400) resolve({ error: `HTTP ${statusCode} (${kind})` });
        else resolve({ identity: identityOf(headers, body, versionPath) });
      };
      this.#client
        .get(url, { agent: kept ? this.#keepAlive : false, signal }, (response) => {
          receive(response).catch(failed);
        })
        .on('error', failed);
    });
  }
}
