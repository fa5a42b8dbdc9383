import type { Clock } from './clock.ts';

interface Item {
  queued: boolean;
  processing: boolean;
  /** The earliest time for which the key waits, in seconds since the change. */
  waitingUntil: number | undefined;
  failures: number;
}

const FIRST_RETRY_SECONDS = 0.005;
const LONGEST_RETRY_SECONDS = 1000;

/**
 * A controller's work queue. One worker at a time processes a key; adds during processing cause one
 * more run. Of several delayed adds of a key only the earliest counts.
 *
 * The number of workers is not modelled: five workers and few keys of one workload mean that no key waits.
 *
 * A failed key is retried after 5 ms × 2^(failures - 1), at most 1000 s: 5, 10, 20, 40 ms and so on.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/staging/src/k8s.io/client-go/util/workqueue/delaying_queue.go
 * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/staging/src/k8s.io/client-go/util/workqueue/default_rate_limiters.go `ItemExponentialFailureRateLimiter`
 */
export class WorkQueue<Key> {
  readonly #items = new Map<Key, Item>();

  /** @param sync processes a key and calls `done`; false requests a retry */
  constructor(
    private readonly clock: Clock,
    private readonly sync: (key: Key, done: (succeeded: boolean) => void) => void,
  ) {}

  /** Adds a key. */
  add(key: Key): void {
    const item = this.#item(key);
    if (item.queued) return;
    item.queued = true;
    if (!item.processing) this.clock.after(0, () => { this.#process(key, item); }); // prettier-ignore
  }

  /** Adds a key after a delay in seconds. */
  addAfter(key: Key, delay: number): void {
    if (delay <= 0) {
      this.add(key);
      return;
    }
    const item = this.#item(key);
    const at = this.clock.now + delay;
    if (item.waitingUntil !== undefined && item.waitingUntil <= at) return;
    item.waitingUntil = at;
    this.clock.at(at, () => {
      if (item.waitingUntil !== at) return;
      item.waitingUntil = undefined;
      this.add(key);
    });
  }

  #process(key: Key, item: Item): void {
    item.queued = false;
    item.processing = true;
    this.sync(key, (succeeded) => {
      item.processing = false;
      item.failures = succeeded ? 0 : item.failures + 1;
      if (!succeeded) {
        const retry = FIRST_RETRY_SECONDS * 2 ** (item.failures - 1);
        this.addAfter(key, Math.min(LONGEST_RETRY_SECONDS, retry));
      }
      if (item.queued) this.clock.after(0, () => { this.#process(key, item); }); // prettier-ignore
    });
  }

  #item(key: Key): Item {
    const known = this.#items.get(key);
    if (known) return known;
    const item: Item = { queued: false, processing: false, waitingUntil: undefined, failures: 0 };
    this.#items.set(key, item);
    return item;
  }
}
