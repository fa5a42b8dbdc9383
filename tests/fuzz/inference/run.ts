import fc from 'fast-check';
import { Client, type Target } from '../client';
import type { Report } from '../report';
import { cases, type Case } from './cases';
import { judge } from './judge';

const CONNECTIONS = 8;
/** After this many requests of a connection, a right request follows. */
const RIGHT_AFTER = 10;

/** Sends inference requests of every form over several connections, and judges each response. */
export async function fuzzInference(
  target: Target,
  count: number,
  seed: number,
  report: Report,
): Promise<void> {
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async (_, connection) => {
      const client = new Client(target);
      const result = await fc.check(fc.asyncProperty(cases, sender(client, report)), {
        numRuns: Math.ceil(count / CONNECTIONS),
        seed: seed + connection,
      });
      if (result.failed) {
        const [sent] = result.counterexample ?? [];
        report.fail(
          `inference, seed ${seed + connection}, path ${String(result.counterexamplePath)}`,
          result.errorInstance,
          shown(sent),
        );
      }
      client.close();
    }),
  );
}

function sender(client: Client, report: Report): (sent: Case) => Promise<void> {
  let number = 0;
  return async (sent) => {
    const received = await client.send(sent);
    judge(sent, received);
    report.count('inference', received.status, sent.fault);
    if (++number % RIGHT_AFTER === 0) {
      await client.expectRight(sent.fault);
      report.right += 1;
    }
  };
}

/** Returns enough of a case to send it again. */
const shown = (sent: Case | undefined): unknown =>
  sent && { ...sent, rows: sent.rows.length, body: sent.body.toString('base64').slice(0, 20_000) };
