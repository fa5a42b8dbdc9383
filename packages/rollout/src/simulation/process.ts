import type { Clock } from './clock.ts';
import type { Behaviour } from './timings.ts';

/** One process of a container. Times are in seconds since the change, Infinity for never. */
export interface ContainerRun {
  readonly startedAt: number;
  readonly hangAt: number;
  readonly exitAt: number;
  /** True when the process has ended. */
  readonly ended: boolean;
}

/** A rollout that has settled goes on until its pods answer. */
const goOn = (): void => undefined;

/** The life of one process, as a request meets it. Times are in seconds since the change, Infinity for never. */
export interface ProcessLife {
  readonly startedAt: number;
  /** When it begins to listen on its port. */
  readonly listensAt: number;
  readonly hangsAt: number;
  /** When it has ended. */
  endedAt: number;
  /** True when it ends by itself after SIGTERM: it answers the requests that it has accepted. */
  drained: boolean;
}

const stoppedForGood: ContainerRun = { startedAt: Infinity, hangAt: Infinity, exitAt: Infinity, ended: true };

/**
 * The current process of a container, and the tasks that wait for it: probes, exits, kills. When a process
 * ends or another one begins, all tasks of the process before are dropped.
 */
export class Process {
  /** All processes of the container, in order of time. */
  readonly lives: ProcessLife[] = [];
  #run: ContainerRun | undefined;
  /** Runs when the process that is being stopped has ended. */
  #onStopped: (() => void) | undefined;

  constructor(private readonly clock: Clock) {}

  /** The current or the last process; undefined before the first one and between two. */
  get run(): ContainerRun | undefined {
    return this.#run;
  }

  /** When the process will listen, crash or hang next; Infinity for never. */
  get changesAt(): number {
    const { exitAt = Infinity, hangAt = Infinity, ended = true } = this.#run ?? {};
    const times = [this.lives.at(-1)?.listensAt ?? Infinity, Math.min(exitAt, hangAt)];
    return ended ? Infinity : Math.min(...times.filter((at) => at > this.clock.now), Infinity);
  }

  /**
   * Begins a process.
   *
   * @param from from when its crash and its hang count
   * @param exited runs when it exits by itself, unless it is being stopped
   */
  begin(startedAt: number, from: number, behaviour: Behaviour, exited: () => void): ContainerRun {
    const { crashAfter = Infinity, hangAfter = Infinity } = behaviour;
    const run = { startedAt, hangAt: from + hangAfter, exitAt: from + crashAfter, ended: false };
    this.#run = run;
    const listensAt = startedAt + (behaviour.boot + behaviour.startDelay);
    this.lives.push({ startedAt, listensAt, hangsAt: run.hangAt, endedAt: Infinity, drained: false });
    this.at(listensAt, goOn);
    this.at(run.exitAt, () => {
      const stopped = this.#onStopped;
      this.end();
      if (stopped) stopped();
      else exited();
    });
    return run;
  }

  /** Ends the process; its tasks are dropped. */
  end(): void {
    this.#onStopped = undefined;
    if (this.#run) this.#run = { ...this.#run, ended: true };
    this.#endLife(this.clock.now, false);
  }

  /** Forgets the process, so that the next one can begin. */
  clear(): void {
    this.end();
    this.#run = undefined;
  }

  /**
   * Ends the process for good: no task of the container runs any more.
   *
   * @param seconds until the process has ended
   * @param drained whether it ends by itself after SIGTERM
   */
  endForGood(seconds: number, drained: boolean): void {
    this.#endLife(this.clock.now + seconds, drained);
    this.end();
    this.#run = stoppedForGood;
  }

  /** Ends the process after a delay in seconds, or earlier if it exits by itself, and then runs a task. */
  stop(delay: number, then: () => void): void {
    this.#onStopped = (): void => {
      this.end();
      then();
    };
    this.after(delay, () => this.#onStopped?.());
  }

  /** Runs a task after a delay in seconds, unless the process has ended by then. */
  after(delay: number, task: () => void): void {
    this.at(this.clock.now + delay, task);
  }

  /** Runs a task at a time, unless the process has ended by then. */
  at(time: number | undefined, task: () => void): void {
    if (time === undefined || time === Infinity) return;
    const run = this.#run;
    this.clock.at(time, () => { if (this.#run === run) task(); }); // prettier-ignore
  }

  #endLife(endedAt: number, drained: boolean): void {
    const life = this.lives.at(-1);
    if (life?.endedAt === Infinity) Object.assign(life, { endedAt, drained });
  }
}
