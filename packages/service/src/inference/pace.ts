/** Of a new measurement, what goes into the mean: one that was interrupted is forgotten after some others. */
const WEIGHT = 0.25;

/** How long inferences take here, in milliseconds, and so how long one that waits will have to. */
export class Pace {
  #mean = 0;
  #began: number | undefined;

  begin(): void {
    this.#began = performance.now();
  }

  end(): void {
    const took = performance.now() - (this.#began ?? NaN);
    this.#mean = this.#mean === 0 ? took : this.#mean + WEIGHT * (took - this.#mean);
    this.#began = undefined;
  }

  /** Until it has its turn, if the one under way and so many others come first. */
  wait(others: number): number {
    const underWay =
      this.#began === undefined ? 0 : Math.max(0, this.#mean - (performance.now() - this.#began));
    return underWay + others * this.#mean;
  }
}
