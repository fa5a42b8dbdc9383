import { performance } from 'node:perf_hooks';

/** How one request of a steady rate came to be sent. */
export interface Turn {
  readonly number: number;
  /** When it was to be sent, in milliseconds of `performance.now()`. */
  readonly due: number;
}

const TICK_MS = 1;

/**
 * Does something at a steady rate, whatever becomes of what was begun before. A client that waits
 * for answers sends less to a slow service, and so hides how many of its users had to wait.
 *
 * @see https://www.youtube.com/watch?v=lJ8ydIuPFeU "How NOT to measure latency", on coordinated omission
 */
export class OpenLoop {
  readonly #inFlight = new Set<Promise<void>>();
  #timer: NodeJS.Timeout | undefined;
  #number = 0;
  #most = 0;

  constructor(
    private readonly ratePerSecond: number,
    private readonly begin: (turn: Turn) => Promise<void>,
  ) {}

  /** The most that were under way at once. */
  get mostInFlight(): number {
    return this.#most;
  }

  start(): void {
    const begun = performance.now();
    const dueAt = (number: number): number => begun + (number * 1000) / this.ratePerSecond;
    this.#timer = setInterval(() => {
      for (; dueAt(this.#number) <= performance.now(); this.#number++) {
        const one = this.begin({ number: this.#number, due: dueAt(this.#number) }).finally(() =>
          this.#inFlight.delete(one),
        );
        this.#inFlight.add(one);
        this.#most = Math.max(this.#most, this.#inFlight.size);
      }
    }, TICK_MS);
  }

  /** Begins no more, and waits for what is under way. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await Promise.all(this.#inFlight);
  }
}
