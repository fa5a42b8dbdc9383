import fc from 'fast-check';
import { Client } from '../client';
import { expectGood } from '../good';
import type { Stage } from '../inference/judge';
import type { Tally } from '../tally';
import type { Target } from '../target';
import { rawCases, type RawCase } from './cases';
import { answersIn, exchange, type RawAnswer } from './connection';
import { mutatedBytes } from './mutated';

const WORKERS = 16;
const EVERY = 20;

/** Sends bytes that are hardly HTTP, each over a connection of its own: every known case, then mutations of some. */
export async function fuzzRaw(target: Target, count: number, seed: number, tally: Tally): Promise<void> {
  const client = new Client(target);
  for (const one of rawCases) {
    try {
      await sendKnown(target, one, tally);
      await expectGood(client, one.name);
      tally.good();
    } catch (error) {
      tally.fail(`raw, ${one.name}`, error);
    }
  }
  client.close();
  await Promise.all(
    Array.from({ length: WORKERS }, (_, worker) =>
      mutated(target, Math.ceil(count / WORKERS), seed + worker, tally),
    ),
  );
}

async function sendKnown(
  target: Target,
  { name, bytes, statuses, head = false }: RawCase,
  tally: Tally,
): Promise<void> {
  const whole = (so: Buffer) => so.toString('latin1').split('HTTP/1.1 ').length - 1 >= statuses.length;
  const received = await exchange(target, bytes, statuses.length > 0 ? whole : undefined);
  const answers = answersIn(received.bytes, head);
  const found = answers.map(({ status }) => status);
  const right =
    found.length === statuses.length && statuses.every((status, index) => fits(status, found[index] ?? 0));
  // A server that ends a connection on which it is still being sent to resets it, and its answer may be lost.
  if (!right && !(received.ended === 'reset' && found.length === 0 && bytes.length > 60_000)) {
    throw new Error(
      `${statuses.join(', ') || 'nothing'} was to come, not ${found.join(', ') || 'nothing'} (${received.ended})`,
    );
  }
  if (received.ended === 'silent') {
    throw new Error('the connection was left open');
  }
  answers.forEach((answer) => {
    tally.count('raw', answer.status, stageOf(answer), name);
  });
  if (answers.length === 0) {
    tally.count('raw', received.ended, 'http', name);
  }
}

async function mutated(target: Target, count: number, seed: number, tally: Tally): Promise<void> {
  const client = new Client(target);
  let number = 0;
  const result = await fc.check(
    fc.asyncProperty(mutatedBytes, async (bytes) => {
      const received = await exchange(target, bytes);
      const answers = answersIn(received.bytes, bytes.toString('latin1').trimStart().startsWith('HEAD'));
      const wrong = answers.find(({ status }) => status >= 500 && status !== 503);
      if (wrong) {
        throw new Error(`${wrong.status} ${wrong.body.slice(0, 200)}`);
      }
      answers.forEach((answer) => {
        tally.count('raw', answer.status, stageOf(answer), 'bytes of HTTP');
      });
      if (answers.length === 0) {
        tally.count('raw', received.ended, 'http', 'bytes of HTTP');
      }
      if (++number % EVERY === 0) {
        await expectGood(client, 'bytes of HTTP');
        tally.good();
      }
    }),
    { numRuns: count, seed },
  );
  client.close();
  if (result.failed) {
    const [bytes] = result.counterexample ?? [];
    tally.fail(
      `raw, seed ${seed}, path ${result.counterexamplePath}`,
      result.errorInstance,
      Buffer.from(bytes ?? []).toString('latin1'),
    );
  }
}

/** Of what is no right inference request only a GET is answered with 200. */
function stageOf({ status, body }: RawAnswer): Stage {
  return status < 400
    ? 'answered'
    : status === 400 && body.includes('inputs is missing')
      ? 'meaning'
      : 'http';
}

/** Connections that are held open may leave no room for a large body: 503. */
function fits(wanted: number | '4xx', found: number): boolean {
  return (
    wanted === found || (wanted === '4xx' && found >= 400 && found < 500) || (wanted === 413 && found === 503)
  );
}
