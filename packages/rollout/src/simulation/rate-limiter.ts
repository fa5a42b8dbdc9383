/**
 * A client's limit of requests, as client-go keeps it: a bucket of tokens, of which
 * each request takes one, and waits where there is none.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/staging/src/k8s.io/client-go/util/flowcontrol/throttle.go
 */
export class RateLimiter {
  #tokens: number;
  #filledAt = 0;

  constructor(
    private readonly perSecond: number,
    private readonly burst: number,
  ) {
    this.#tokens = burst;
  }

  /** Takes a token: how many seconds from now the request may go out. */
  reserve(now: number): number {
    const tokens = this.#tokens + (now - this.#filledAt) * this.perSecond;
    this.#tokens = Math.min(this.burst, tokens) - 1;
    this.#filledAt = now;
    return this.#tokens >= 0 ? 0 : -this.#tokens / this.perSecond;
  }
}
