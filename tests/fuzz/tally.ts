import type { Stage } from './inference/judge';

interface Failure {
  readonly what: string;
  readonly error: string;
  /** What was sent, as far as that is one request. */
  readonly sent?: unknown;
}

/** What became of all the requests. */
export class Tally {
  readonly statuses: Record<string, number> = {};
  readonly stages: Record<string, number> = {};
  readonly phases: Record<string, number> = {};
  /** What was done to a request, by the stage that it came to. */
  readonly mutations: Record<string, Record<string, number>> = {};
  readonly errors: Record<string, number> = {};
  readonly failures: Failure[] = [];
  /** Right requests in between, which are not counted above. */
  goodRequests = 0;
  requests = 0;

  count(phase: string, status: number | string, stage: Stage, mutation?: string, told?: string): void {
    this.requests += 1;
    add(this.phases, phase);
    add(this.statuses, String(status));
    add(this.stages, stage);
    if (mutation !== undefined) {
      for (const one of mutation.split(' + ')) {
        add((this.mutations[one] ??= {}), stage);
      }
    }
    if (told !== undefined) {
      add(this.errors, told);
    }
  }

  good(): void {
    this.goodRequests += 1;
  }

  fail(what: string, error: unknown, sent?: unknown): void {
    const told = error instanceof Error ? error.message : String(error);
    this.failures.push({ what, error: told.slice(0, 2_000), ...(sent === undefined ? {} : { sent }) });
    process.stderr.write(`FAILED: ${what}: ${told.slice(0, 500)}\n`);
  }
}

function add(counts: Record<string, number>, key: string): void {
  counts[key] = (counts[key] ?? 0) + 1;
}
