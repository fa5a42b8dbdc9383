import type { Clock } from './clock.ts';
import type { Latency } from './latency.ts';
import type { RateLimiter } from './rate-limiter.ts';
import type { Timings } from './timings.ts';

/**
 * Cost of a request in transactions of etcd. An update and a graceful deletion read the object first.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/staging/src/k8s.io/apiserver/pkg/registry/generic/registry/store.go `Update`, `updateForGracefulDeletionAndFinalizers`
 */
export const COST = { create: 1, update: 2, delete: 2 } as const;

/** The API server: serves writes one after another. */
export class ApiServer {
  #servedUntil = 0;

  constructor(
    private readonly clock: Clock,
    private readonly latency: Latency,
    private readonly timings: Timings,
  ) {}

  /** Sends a write within the client's rate limit and runs the task when it is stored. */
  write(limiter: RateLimiter, cost: number, task: () => void): void {
    const send = (): void => { this.clock.after(this.getSeconds(cost), task); }; // prettier-ignore
    const delay = limiter.reserve(this.clock.now);
    if (delay > 0) this.clock.after(delay, send);
    else send();
  }

  /** Queues a write and returns the seconds until it is stored. */
  getSeconds(cost: number): number {
    return this.occupy(cost) + cost * this.latency.drawRequest(this.timings.write);
  }

  /** Queues a write that no component waits for, such as an event, and returns the seconds until it is served. */
  occupy(cost: number): number {
    const { now } = this.clock;
    const seconds = cost * this.latency.drawRequest(this.timings.serve);
    this.#servedUntil = Math.max(this.#servedUntil, now) + seconds;
    return this.#servedUntil - now;
  }
}
