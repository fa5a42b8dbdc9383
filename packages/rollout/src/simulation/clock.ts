type Task = () => void;

interface Entry {
  readonly time: number;
  readonly order: number;
  readonly task: Task;
}

const before = (a: Entry, b: Entry): boolean => a.time < b.time || (a.time === b.time && a.order < b.order);

/** Simulated time: runs tasks in order of their time, and those of one time in order of their planning. */
export class Clock {
  #now = 0;
  #order = 0;
  readonly #heap: Entry[] = [];

  /** Seconds since the change. */
  get now(): number {
    return this.#now;
  }

  /** Plans a task; one in the past runs next. */
  at(time: number, task: Task): void {
    const heap = this.#heap;
    const entry = { time: Math.max(time, this.#now), order: this.#order++, task };
    let index = heap.length;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = heap[parent];
      if (!above || !before(entry, above)) break;
      heap[index] = above;
      index = parent;
    }
    heap[index] = entry;
  }

  after(delay: number, task: Task): void {
    this.at(this.#now + delay, task);
  }

  /** When the next task runs; undefined where none is planned. */
  get next(): number | undefined {
    return this.#heap[0]?.time;
  }

  /** Runs the next task. */
  step(): void {
    const heap = this.#heap;
    const [first] = heap;
    const last = heap.pop();
    if (!first || !last) return;
    if (heap.length > 0) this.#sink(last);
    this.#now = first.time;
    first.task();
  }

  #sink(entry: Entry): void {
    const heap = this.#heap;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      let below = heap[child];
      const right = heap[child + 1];
      if (below && right && before(right, below)) {
        below = right;
        child += 1;
      }
      if (!below || !before(below, entry)) break;
      heap[index] = below;
      index = child;
    }
    heap[index] = entry;
  }
}
