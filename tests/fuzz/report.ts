import { markdownTable } from '../kit/markdown';
import type { Client } from './client';
import type { Memory } from './sampler';

/** What happened to the connections of one kind. */
export interface Slow {
  readonly kind: string;
  readonly connections: number;
  /** Connections that the service closed. */
  readonly closed: number;
  /** Seconds until the last of them closed. */
  readonly after: number;
}

/** What happened to all requests. Written as report.json; the page shows the same figures. */
export class Report {
  /** Requests by part, then by status. */
  readonly requests: Record<string, Record<string, number>> = {};
  /** Requests by fault. */
  readonly faults: Record<string, number> = {};
  readonly failures: { readonly what: string; readonly error: string; readonly sent?: unknown }[] = [];
  /** Right requests between the others, which are not counted above. */
  right = 0;
  seconds = 0;
  memory: Memory = { first: 0, most: 0, early: 0, late: 0 };
  slow: readonly Slow[] = [];

  constructor(
    readonly command: string,
    readonly seed: number,
  ) {}

  /** Counts a response, or how a connection ended without one. */
  count(part: string, status: number | string, fault?: string, times = 1): void {
    const statuses = (this.requests[part] ??= {});
    statuses[status] = (statuses[status] ?? 0) + times;
    for (const name of fault?.split(' + ') ?? []) this.faults[name] = (this.faults[name] ?? 0) + times;
  }

  /** Sends and counts a right request. @throws Error as {@link Client.expectRight} */
  async expectRight(client: Client, after: string): Promise<void> {
    await client.expectRight(after);
    this.right += 1;
  }

  fail(what: string, error: unknown, sent?: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    this.failures.push({ what, error: message.slice(0, 2_000), ...(sent !== undefined && { sent }) });
    console.error(`FAILED: ${what}: ${message.slice(0, 500)}`);
  }
}

/** Returns the sum of all counts. */
export const sum = (counts: Readonly<Record<string, number>> | readonly number[]): number =>
  Object.values(counts).reduce((a, b) => a + b, 0);

/** Returns the report as a page. */
export function markdown(report: Report): string {
  const { command, seed, requests, faults, failures, right, seconds, memory, slow } = report;
  const statuses = [...new Set(Object.values(requests).flatMap((counts) => Object.keys(counts)))].sort();
  const total = sum(Object.values(requests).map((counts) => sum(counts)));
  const requestRows = Object.entries(requests).map(([part, counts]) => [
    part,
    sum(counts),
    ...statuses.map((status) => counts[status] ?? ''),
  ]);
  const slowRows = slow.map(({ kind, connections, closed, after }) => [
    kind,
    connections,
    closed,
    closed ? `${after} s` : '',
  ]);
  return [
    '# Fuzz report',
    `\`${command}\` wrote this page in ${seconds} s, with seed ${seed}. [tests/fuzz](../../../tests/fuzz/README.md) explains it.`,
    `${total} requests with ${Object.keys(faults).length} kinds of faults, and ${right} right requests between them, each answered with the model's probability. ${failures.length} failures.`,
    '## Requests by status',
    markdownTable(['part', 'requests', ...statuses], requestRows),
    '## Memory',
    `Resident, in MiB: ${memory.first} at first, at most ${memory.most}. The median of the second quarter is ${memory.early}, of the last quarter ${memory.late}.`,
    '## Connections held open',
    markdownTable(['sent', 'connections', 'closed by the service', 'last closed after'], slowRows),
    ...failures.map(({ what, error }) => `**${what}**: ${error}`),
    '',
  ].join('\n\n');
}
