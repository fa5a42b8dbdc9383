const FIRST_SECONDS = 10;
const LONGEST_SECONDS = 300;

/**
 * How long the kubelet lets a container that has ended wait for its restart: not at
 * all the first time, then 10 s, twice as long each time, 300 s at the most; one that
 * then ran for 10 minutes begins anew.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/staging/src/k8s.io/client-go/util/flowcontrol/backoff.go
 */
export class BackOff {
  #seconds = 0;
  #updatedAt = 0;

  /** Seconds from its end that a container must wait. */
  waitFor(endedAt: number): number {
    return this.#expired(endedAt) ? 0 : this.#seconds;
  }

  /** The container is started again. */
  next(endedAt: number, now: number): void {
    this.#seconds = this.#expired(endedAt) ? FIRST_SECONDS : Math.min(2 * this.#seconds, LONGEST_SECONDS);
    this.#updatedAt = now;
  }

  #expired(endedAt: number): boolean {
    return this.#seconds === 0 || endedAt - this.#updatedAt > 2 * LONGEST_SECONDS;
  }
}
