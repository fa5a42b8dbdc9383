import type { Connection } from '@online-inference/rollout/load';

/** A request that has ended. Times are milliseconds since the epoch. */
export interface Outcome {
  readonly sentAt: number;
  readonly endedAt: number;
  readonly connection: Connection;
  /** Whether the connection had carried a request before. */
  readonly reused: boolean;
  /** Name of the question. */
  readonly question: string;
  /** Build that answered, where the answer names it. */
  readonly build?: string;
  /** Connections that were refused before one was accepted. */
  readonly refused: number;
  /** Why there is no right answer. @default - the answer is right */
  readonly error?: string;
}

/** Outcomes of a load in numbers. */
export interface Tally {
  readonly sent: number;
  readonly answered: number;
  readonly failed: number;
  /** Answered requests that used another connection after one was refused. */
  readonly reconnected: number;
  /** Number of failures by cause, without details. */
  readonly errors: Readonly<Record<string, number>>;
  /** Number of answers to `GET /` by build. */
  readonly builds: Readonly<Record<string, number>>;
  /** Requests without a right answer. */
  readonly failures: readonly Outcome[];
  /** Requests that had a connection refused, whether answered over another one or not. */
  readonly refused: readonly Outcome[];
}

/** More failures than this are counted, not listed. */
const MAX_LISTED = 5000;

function countBy(keys: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const key of keys) {
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}

/** Counts outcomes. */
export function tally(outcomes: readonly Outcome[]): Tally {
  const failures = outcomes.filter(({ error }) => error !== undefined);
  const refused = outcomes.filter((outcome) => outcome.refused > 0);
  return {
    sent: outcomes.length,
    answered: outcomes.length - failures.length,
    failed: failures.length,
    reconnected: refused.filter(({ error }) => error === undefined).length,
    errors: countBy(failures.map(({ error = '' }) => error.replace(/:.*/s, ''))),
    builds: countBy(outcomes.flatMap(({ build }) => build ?? [])),
    failures: failures.slice(0, MAX_LISTED),
    refused: refused.slice(0, MAX_LISTED),
  };
}
