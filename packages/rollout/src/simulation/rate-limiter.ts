/**
 * A client's rate limit: a token bucket. Each request takes one token; without a token it waits.
 *
 * For example, 10 requests/s with a burst of 2: of four requests at 0 s, two are sent at 0 s,
 * the third at 0.1 s and the fourth at 0.2 s.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/staging/src/k8s.io/client-go/util/flowcontrol/throttle.go
 */
export class RateLimiter {
  #tokens: number;
  #filledAt = 0;

  /**
   * @param perSecond tokens added per second
   * @param burst size of the bucket in tokens
   */
  constructor(
    private readonly perSecond: number,
    private readonly burst: number,
  ) {
    this.#tokens = burst;
  }

  /** Takes a token and returns the seconds until the request may be sent. */
  reserve(now: number): number {
    const tokens = this.#tokens + (now - this.#filledAt) * this.perSecond;
    this.#tokens = Math.min(this.burst, tokens) - 1;
    this.#filledAt = now;
    return this.#tokens >= 0 ? 0 : -this.#tokens / this.perSecond;
  }
}
