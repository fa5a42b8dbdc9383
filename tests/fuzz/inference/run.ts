import fc from 'fast-check';
import { Client } from '../client';
import { expectGood } from '../good';
import type { Target } from '../target';
import { cases, type Case } from './cases';
import { judge } from './judge';
import type { Tally } from '../tally';

/** Connections at once. */
const WORKERS = 8;

/** After so many requests of a connection a right one goes over it. */
const EVERY = 10;

/** Sends inference requests of every kind, and counts what becomes of them. */
export async function fuzzInference(
  target: Target,
  count: number,
  seed: number,
  tally: Tally,
): Promise<void> {
  const each = Math.ceil(count / WORKERS);
  await Promise.all(
    Array.from({ length: WORKERS }, async (_, worker) => {
      const client = new Client(target);
      const send = sender(client, tally);
      const result = await fc.check(fc.asyncProperty(cases, send), {
        numRuns: each,
        seed: seed + worker,
      });
      if (result.failed) {
        const { counterexample, errorInstance, counterexamplePath } = result;
        tally.fail(
          `inference, seed ${seed + worker}, path ${counterexamplePath}`,
          errorInstance,
          shown(counterexample?.[0]),
        );
      }
      client.close();
    }),
  );
}

function sender(client: Client, tally: Tally): (sent: Case) => Promise<void> {
  let number = 0;
  return async (sent) => {
    const answer = await client.send(sent);
    const { stage, told } = judge(sent, answer);
    tally.count('inference', answer.status, stage, sent.mutation, told);
    if (++number % EVERY === 0) {
      await expectGood(client, sent.mutation);
      tally.good();
    }
  };
}

/** Enough of a case to send it again by hand. */
function shown(sent: Case | undefined): unknown {
  return sent && { ...sent, rows: sent.rows.length, body: sent.body.toString('base64').slice(0, 20_000) };
}
