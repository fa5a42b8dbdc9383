import type { Clock } from './clock';

interface Item {
  queued: boolean;
  processing: boolean;
  /** The earliest time for which it waits. */
  waiting: number | undefined;
  failures: number;
}

/**
 * A controller's queue: a key is worked on by one worker at a time, once for all that
 * came in meanwhile; of several delays of one key the earliest counts, and the
 * later ones are forgotten. With five workers and the few keys of one workload no key waits.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/staging/src/k8s.io/client-go/util/workqueue/delaying_queue.go
 */
export class WorkQueue<Key> {
  readonly #items = new Map<Key, Item>();

  /** @param sync works on a key, and calls `done` when it has: with false to try again */
  constructor(
    private readonly clock: Clock,
    private readonly sync: (key: Key, done: (succeeded: boolean) => void) => void,
  ) {}

  add(key: Key): void {
    const item = this.#item(key);
    if (item.queued) return;
    item.queued = true;
    if (!item.processing) this.clock.after(0, () => { this.#work(key, item); }); // prettier-ignore
  }

  addAfter(key: Key, delay: number): void {
    if (delay <= 0) {
      this.add(key);
      return;
    }
    const item = this.#item(key);
    const at = this.clock.now + delay;
    if (item.waiting !== undefined && item.waiting <= at) return;
    item.waiting = at;
    this.clock.at(at, () => {
      if (item.waiting !== at) return;
      item.waiting = undefined;
      this.add(key);
    });
  }

  #work(key: Key, item: Item): void {
    item.queued = false;
    item.processing = true;
    this.sync(key, (succeeded) => {
      item.processing = false;
      item.failures = succeeded ? 0 : item.failures + 1;
      if (!succeeded) this.addAfter(key, Math.min(1000, 0.005 * 2 ** (item.failures - 1)));
      if (item.queued) this.clock.after(0, () => { this.#work(key, item); }); // prettier-ignore
    });
  }

  #item(key: Key): Item {
    const known = this.#items.get(key);
    if (known) return known;
    const item: Item = { queued: false, processing: false, waiting: undefined, failures: 0 };
    this.#items.set(key, item);
    return item;
  }
}
