import type { Random } from './random.ts';

/** Shortest time between two syncs of a pod that waits for its back-off. */
const SYNC_SECONDS = 10;
const FIRST_SECONDS = 10;
const LONGEST_SECONDS = 300;

/**
 * The kubelet's back-off for restarts of one container: 0 s at first, then 10 s, doubled each time, at
 * most 300 s: 0, 10, 20, 40, 80, 160, 300, 300. Expires when the container ran for more than 600 s.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/staging/src/k8s.io/client-go/util/flowcontrol/backoff.go
 */
export class BackOff {
  #seconds = 0;
  #updatedAt = 0;

  /** Returns the seconds that a container waits for its restart, counted from its end. */
  waitFor(endedAt: number): number {
    return this.#expired(endedAt) ? 0 : this.#seconds;
  }

  /** Registers a restart: the next one waits longer. */
  next(endedAt: number, now: number): void {
    this.#seconds = this.#expired(endedAt) ? FIRST_SECONDS : Math.min(2 * this.#seconds, LONGEST_SECONDS);
    this.#updatedAt = now;
  }

  #expired(endedAt: number): boolean {
    return this.#seconds === 0 || endedAt - this.#updatedAt > 2 * LONGEST_SECONDS;
  }
}

/** Returns the seconds until the kubelet looks again at a pod that waits for its back-off. */
export const nextSync = (random: Random): number => SYNC_SECONDS * (1 + 0.5 * random());
