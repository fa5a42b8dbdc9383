import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, type ClientOptions } from './client';
import { OpenLoop, type Turn } from './open-loop';
import { question, WrongAnswer, type Question } from './questions';
import { Tally, type Tallied } from './tally';

export interface LoadOptions extends ClientOptions {
  readonly ratePerSecond: number;
}

/** What came of a load. Times are milliseconds since the epoch, by the load's clock. */
export interface LoadReport extends Tallied {
  readonly ratePerSecond: number;
  readonly beganAt: number;
  readonly endedAt: number;
  readonly mostInFlight: number;
}

/** Wall-clock time that never jumps. */
const now = (): number => performance.timeOrigin + performance.now();

const ANSWERS_WITHIN_MS = 30_000;

/** Asks a service at a steady rate, half on connections that are kept alive and half on new ones, and checks every answer. */
export class Load {
  readonly #client: Client;
  readonly #loop: OpenLoop;
  readonly #tally = new Tally();
  #beganAt = 0;
  #report: Promise<LoadReport> | undefined;

  constructor(private readonly options: LoadOptions) {
    this.#client = new Client(options);
    this.#loop = new OpenLoop(options.ratePerSecond, (turn) => this.#ask(turn));
  }

  /** Begins once the service answers. @throws Error where it does not */
  async begin(): Promise<void> {
    const deadline = now() + ANSWERS_WITHIN_MS;
    for (;;) {
      const { status, error } = await this.#client.send(question(0), 'new');
      if (status === 200) {
        break;
      }
      if (now() > deadline) {
        throw new Error(`${this.options.host} does not answer: ${error ?? String(status)}`);
      }
      await sleep(100);
    }
    this.#beganAt = now();
    this.#loop.start();
  }

  /** Ends it, the first time; the report is the same every time. */
  end(): Promise<LoadReport> {
    this.#report ??= this.#end();
    return this.#report;
  }

  async #end(): Promise<LoadReport> {
    await this.#loop.stop();
    this.#client.close();
    return {
      ratePerSecond: this.options.ratePerSecond,
      beganAt: this.#beganAt,
      endedAt: now(),
      mostInFlight: this.#loop.mostInFlight,
      ...this.#tally.result,
    };
  }

  async #ask({ number, due }: Turn): Promise<void> {
    const asked = question(Math.floor(number / 2));
    const connection = number % 2 === 0 ? 'kept' : 'new';
    const sentAt = now();
    const { reused, refused, status, body, error } = await this.#client.send(asked, connection);
    this.#tally.add({
      dueAt: performance.timeOrigin + due,
      sentAt,
      endedAt: now(),
      connection,
      reused,
      refused,
      question: asked.name,
      ...(status !== undefined && { status }),
      ...(error === undefined ? judged(asked, status, body) : { error }),
    });
  }
}

/** What is wrong with an answer, or who gave it. */
function judged(
  { check }: Question,
  status: number | undefined,
  body = '',
): { readonly error?: string; readonly build?: string } {
  if (status !== 200) {
    return { error: `status ${status ?? 'none'}` };
  }
  try {
    const build = check(body);
    return build === undefined ? {} : { build };
  } catch (error) {
    if (!(error instanceof WrongAnswer)) {
      throw error;
    }
    return { error: `wrong answer: ${error.message}` };
  }
}
