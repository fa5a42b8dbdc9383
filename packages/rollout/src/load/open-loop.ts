const TICK_MS = 1;

/**
 * Begins requests at a steady rate, however long earlier ones take. A client that waits for each
 * answer sends less to a slow service, and so hides how many users had to wait.
 *
 * @see https://www.youtube.com/watch?v=lJ8ydIuPFeU "How NOT to Measure Latency", on coordinated omission
 */
export class OpenLoop {
  readonly #inFlight = new Set<Promise<void>>();
  readonly #timer: NodeJS.Timeout;
  #number = 0;

  /**
   * Starts the loop.
   *
   * @param ratePerSecond requests a second
   * @param now clock, in seconds
   * @param send sends the request of a number, from 0; must not reject
   */
  constructor(ratePerSecond: number, now: () => number, send: (number: number) => Promise<void>) {
    const startedAt = now();
    const dueAt = (): number => startedAt + (this.#number + 1) / ratePerSecond;
    this.#timer = setInterval(() => {
      for (; dueAt() <= now(); this.#number++) {
        const request = send(this.#number).finally(() => this.#inFlight.delete(request));
        this.#inFlight.add(request);
      }
    }, TICK_MS);
  }

  /** Requests without an answer yet. */
  get inFlight(): number {
    return this.#inFlight.size;
  }

  /** Sends no more requests, and waits for those in flight. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await Promise.all(this.#inFlight);
  }
}
