import fc from 'fast-check';
import { Client, type Target } from './client';
import type { Report } from './report';

/** A part of the run whose cases fast-check generates. */
interface Property<T> {
  /** Name of the part in the report. */
  readonly part: string;
  readonly cases: fc.Arbitrary<T>;
  readonly count: number;
  readonly seed: number;
  /**
   * Sends a case and counts it.
   *
   * @returns what was sent, for an error after it
   * @throws Error if the response must not follow the case
   */
  readonly send: (client: Client, sent: T) => Promise<string>;
}

const CONNECTIONS = 16;
/** After this many cases of a connection, a right request follows. */
const RIGHT_AFTER = 10;

/** Sends the cases over several connections at once, and right requests between them. */
export async function checkProperty<T>(
  target: Target,
  { part, cases, count, seed, send }: Property<T>,
  report: Report,
): Promise<void> {
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async (_, connection) => {
      const client = new Client(target);
      let number = 0;
      const property = fc.asyncProperty(cases, async (sent) => {
        const what = await send(client, sent);
        if (++number % RIGHT_AFTER === 0) await report.expectRight(client, what);
      });
      const numRuns = Math.ceil(count / CONNECTIONS);
      const result = await fc.check(property, { numRuns, seed: seed + connection });
      client.close();
      if (result.failed) {
        const where = `${part}, seed ${result.seed}, path ${String(result.counterexamplePath)}`;
        report.fail(where, result.errorInstance, fc.stringify(result.counterexample).slice(0, 20_000));
      }
    }),
  );
}
