import { Heap } from 'heap-js';

type Task = () => void;

interface Entry {
  readonly time: number;
  readonly order: number;
  readonly task: Task;
}

/** Simulated time. Runs tasks in order of time; tasks of the same time run in the order in which they were added. */
export class Clock {
  #now = 0;
  #order = 0;
  readonly #tasks = new Heap<Entry>((a, b) => a.time - b.time || a.order - b.order);

  /** Seconds since the change. */
  get now(): number {
    return this.#now;
  }

  /** Time of the next task in seconds since the change; undefined when no task is left. */
  get next(): number | undefined {
    return this.#tasks.peek()?.time;
  }

  /** Adds a task. A time in the past means now. */
  at(time: number, task: Task): void {
    this.#tasks.push({ time: Math.max(time, this.#now), order: this.#order++, task });
  }

  /** Adds a task that runs after a delay in seconds. */
  after(delay: number, task: Task): void {
    this.at(this.#now + delay, task);
  }

  /** Advances to the next task and runs it. */
  step(): void {
    const entry = this.#tasks.pop();
    if (!entry) return;
    this.#now = entry.time;
    entry.task();
  }
}
