import { createHistogram, type RecordableHistogram } from 'node:perf_hooks';
import type { Connection } from './client';
import type { QuestionName } from './questions';

/** A request that met with something. Times are milliseconds since the epoch, by the load's clock. */
export interface Noted {
  readonly sentAt: number;
  readonly endedAt: number;
  readonly connection: Connection;
  /** Whether the connection had carried a request before. */
  readonly reused: boolean;
  readonly question: QuestionName;
}

/** A request that got no answer, or a wrong one. */
export interface Failure extends Noted {
  readonly error: string;
}

/** Milliseconds from when a request was to be sent until its answer was whole. */
export interface Latency {
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly p999: number;
  readonly max: number;
}

/** What became of the requests of one kind of connection. */
export interface Counts {
  readonly sent: number;
  readonly answered: number;
  readonly failed: number;
  /** Of the answered, those that went over another connection after one was refused. */
  readonly reconnected: number;
  /** HTTP status to count, of every answer. */
  readonly statuses: Readonly<Record<string, number>>;
  /** Reason to count, without its details, of those that failed. */
  readonly errors: Readonly<Record<string, number>>;
  readonly latency: Latency;
}

/** One request that has ended. */
export interface Ended extends Noted {
  readonly dueAt: number;
  readonly status?: number;
  readonly build?: string;
  readonly refused: number;
  readonly error?: string;
}

/** What is beyond this is counted, not listed. */
const MOST_LISTED = 5000;

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] extends object ? Record<string, number> : T[Key] };

const increase = (counts: Record<string, number>, key: string | number): void => {
  counts[key] = (counts[key] ?? 0) + 1;
};

class Counting {
  readonly #counts: Mutable<Omit<Counts, 'latency'>> = {
    sent: 0,
    answered: 0,
    failed: 0,
    reconnected: 0,
    statuses: {},
    errors: {},
  };
  readonly #micros: RecordableHistogram = createHistogram();

  add({ dueAt, endedAt, status, refused, error }: Ended): void {
    const counts = this.#counts;
    counts.sent += 1;
    if (status !== undefined) {
      increase(counts.statuses, status);
    }
    if (error === undefined) {
      counts.answered += 1;
      counts.reconnected += refused > 0 ? 1 : 0;
      this.#micros.record(Math.max(1, Math.round((endedAt - dueAt) * 1000)));
    } else {
      counts.failed += 1;
      increase(counts.errors, error.replace(/:.*/s, ''));
    }
  }

  get counts(): Counts {
    const at = (percentile: number): number =>
      this.#counts.answered === 0 ? 0 : Math.round(this.#micros.percentile(percentile) / 10) / 100;
    return {
      ...this.#counts,
      latency: { p50: at(50), p90: at(90), p99: at(99), p999: at(99.9), max: at(100) },
    };
  }
}

/** Counts what becomes of requests. */
export class Tally {
  readonly #connections: Readonly<Record<Connection, Counting>> = {
    kept: new Counting(),
    new: new Counting(),
  };
  readonly #questions: Record<string, number> = {};
  readonly #builds: Record<string, number> = {};
  readonly #failures: Failure[] = [];
  readonly #refused: Noted[] = [];
  #latest = 0;

  add(ended: Ended): void {
    const { dueAt, sentAt, endedAt, connection, reused, question, build, refused, error } = ended;
    const noted = { sentAt, endedAt, connection, reused, question };
    this.#connections[connection].add(ended);
    this.#latest = Math.max(this.#latest, sentAt - dueAt);
    increase(this.#questions, question);
    if (build !== undefined) {
      increase(this.#builds, build);
    }
    if (error !== undefined && this.#failures.length < MOST_LISTED) {
      this.#failures.push({ ...noted, error });
    }
    if (refused > 0 && this.#refused.length < MOST_LISTED) {
      this.#refused.push(noted);
    }
  }

  get result(): Tallied {
    const { kept, new: fresh } = this.#connections;
    return {
      connections: { kept: kept.counts, new: fresh.counts },
      questions: this.#questions,
      builds: this.#builds,
      latestMilliseconds: Math.round(this.#latest),
      failures: this.#failures,
      refused: this.#refused,
    };
  }
}

/** What a {@link Tally} has counted. */
export interface Tallied {
  readonly connections: Readonly<Record<Connection, Counts>>;
  /** How many requests asked what. */
  readonly questions: Readonly<Record<string, number>>;
  /** How many answers to `GET /` came from which build. */
  readonly builds: Readonly<Record<string, number>>;
  /** How late the latest request was sent: what the load's own process was busy with. */
  readonly latestMilliseconds: number;
  readonly failures: readonly Failure[];
  /** Requests that a connection was refused, answered over another one or not. */
  readonly refused: readonly Noted[];
}
