/** Weight of a new measurement in the mean. An outlier is forgotten after a few others. */
const WEIGHT = 0.25;

/** Measures how long inferences take, and estimates how long a request will wait. Times are in milliseconds. */
export class Pace {
  #mean = 0;
  #startedAt: number | undefined;

  start(): void {
    this.#startedAt = performance.now();
  }

  end(): void {
    const elapsed = performance.now() - (this.#startedAt ?? NaN);
    this.#mean = this.#mean === 0 ? elapsed : this.#mean + WEIGHT * (elapsed - this.#mean);
    this.#startedAt = undefined;
  }

  /** Estimates the wait if the current batch and the given number of others run first. */
  estimateWait(batches: number): number {
    const current =
      this.#startedAt === undefined ? 0 : Math.max(0, this.#mean - (performance.now() - this.#startedAt));
    return current + batches * this.#mean;
  }
}
