import { setTimeout as sleep } from 'node:timers/promises';
import { HttpClient, OpenLoop, type HttpExchange } from '@online-inference/rollout/load';
import { question, type Question } from './questions';
import { tally, type Outcome, type Tally } from './tally';

/** Limit for an answer in a cluster, in seconds. */
export const TIMEOUT_SECONDS = 5;

/** Options of a load. */
export interface LoadOptions {
  readonly url: string;
  readonly ratePerSecond: number;
  /** A request without a complete answer after this many seconds has failed. */
  readonly timeoutSeconds: number;
  /** Whether to try another connection when one is refused. @default false */
  readonly reconnects?: boolean;
}

/** Outcomes of a load. Times are milliseconds since the epoch, on the load's clock. */
export interface LoadReport extends Tally {
  readonly beganAt: number;
  readonly endedAt: number;
}

/** Milliseconds since the epoch, on a clock that never jumps. */
const now = (): number => performance.timeOrigin + performance.now();

const ANSWERS_WITHIN_MS = 30_000;

/** Sends questions to a service at a steady rate, by turns on kept and new connections, and checks each answer. */
export class Load {
  /** Starts a load as soon as the service answers. @throws Error if the service does not answer within 30 s */
  static async start(options: LoadOptions): Promise<Load> {
    const client = new HttpClient(options);
    const deadline = now() + ANSWERS_WITHIN_MS;
    for (;;) {
      const { status, error } = await client.send(question(0), 'new');
      if (status === 200) {
        return new Load(options.ratePerSecond, client);
      }
      if (now() > deadline) {
        throw new Error(`${options.url} does not answer: ${error ?? `status ${String(status)}`}`);
      }
      await sleep(100);
    }
  }

  readonly #outcomes: Outcome[] = [];
  readonly #loop: OpenLoop;
  readonly #beganAt = now();

  private constructor(
    ratePerSecond: number,
    private readonly client: HttpClient,
  ) {
    this.#loop = new OpenLoop(
      ratePerSecond,
      () => now() / 1000,
      (number) => this.#ask(number),
    );
  }

  /** Sends no more requests, waits for those in flight, and reports. */
  async end(): Promise<LoadReport> {
    await this.#loop.stop();
    this.client.close();
    return { beganAt: this.#beganAt, endedAt: now(), ...tally(this.#outcomes) };
  }

  async #ask(number: number): Promise<void> {
    const asked = question(Math.floor(number / 2));
    const connection = number % 2 === 0 ? 'kept' : 'new';
    const sentAt = now();
    const exchange = await this.client.send(asked, connection);
    this.#outcomes.push({
      sentAt,
      endedAt: now(),
      connection,
      reused: exchange.reused,
      refused: exchange.refused,
      question: asked.name,
      ...judge(asked, exchange),
    });
  }
}

/** Returns what is wrong with an answer, or which build gave it. */
function judge(
  { check }: Question,
  { status, body = '', error }: HttpExchange,
): { readonly error?: string; readonly build?: string } {
  if (error !== undefined) {
    return { error };
  }
  if (status !== 200) {
    return { error: `status ${status ?? 'none'}` };
  }
  try {
    const build = check(JSON.parse(body) as Record<string, unknown>);
    return build === undefined ? {} : { build };
  } catch (reason) {
    return { error: `wrong answer: ${(reason as Error).message}` };
  }
}
