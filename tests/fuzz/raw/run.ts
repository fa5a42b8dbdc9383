import fc from 'fast-check';
import { Client, type Target } from '../client';
import type { Report } from '../report';
import { rawCases, type RawCase } from './cases';
import { exchange, statusesIn } from './connection';

const CONNECTIONS = 16;
/** After this many mutations, a right request follows. */
const RIGHT_AFTER = 20;
const MUTATED = 'mutated HTTP';

const SEEDS = ['a request after the body', 'a chunk with an extension', 'HEAD', 'Expect: 100-continue'];

/** Separators and headers of HTTP. */
const tokens = [
  '\r\n',
  '\n',
  '\r',
  ' ',
  '\t',
  '\0',
  ':',
  ',',
  ';',
  '\r\n ',
  '\r\n\r\n',
  '\x7f',
  '\xff',
  '%',
  '?',
  '#',
  '//',
  'HTTP/1.1',
]
  .concat(
    'Content-Length: 1\r\n',
    'Transfer-Encoding: chunked\r\n',
    'Connection: close\r\n',
    'Host: y\r\n',
    'Upgrade: x\r\n',
  )
  .map((token) => Buffer.from(token, 'latin1'));

const edit = fc.record({
  place: fc.nat(),
  removed: fc.nat(8),
  inserted: fc.oneof(fc.constantFrom(...tokens), fc.uint8Array({ maxLength: 4 })),
});

/** Requests with some bytes removed or inserted. */
const mutations: fc.Arbitrary<Buffer> = fc
  .tuple(
    fc.constantFrom(...rawCases.filter(({ name }) => SEEDS.includes(name)).map(({ bytes }) => bytes)),
    fc.array(edit, { minLength: 1, maxLength: 4 }),
  )
  .map(([seed, edits]) =>
    edits.reduce((bytes, { place, removed, inserted }) => {
      const at = place % (bytes.length + 1);
      return Buffer.concat([bytes.subarray(0, at), inserted, bytes.subarray(at + removed)]);
    }, seed),
  );

/** Sends bytes that are hardly HTTP, each over a connection of its own: the known cases, then mutations. */
export async function fuzzRaw(target: Target, count: number, seed: number, report: Report): Promise<void> {
  const client = new Client(target);
  for (const known of rawCases) {
    try {
      await sendKnown(target, known, report);
      await client.expectRight(known.name);
      report.right += 1;
    } catch (error) {
      report.fail(`raw, ${known.name}`, error);
    }
  }
  client.close();
  await Promise.all(
    Array.from({ length: CONNECTIONS }, (_, connection) =>
      sendMutations(target, Math.ceil(count / CONNECTIONS), seed + connection, report),
    ),
  );
}

/** Held connections may leave no room for a large body: 503 instead of 413. */
const fits = (wanted: number | '4xx', found: number): boolean =>
  wanted === found || (wanted === '4xx' && found >= 400 && found < 500) || (wanted === 413 && found === 503);

async function sendKnown(target: Target, known: RawCase, report: Report): Promise<void> {
  const { name, bytes, statuses } = known;
  const isComplete = (received: Buffer): boolean =>
    statuses.length > 0 && received.toString('latin1').split('HTTP/1.1 ').length > statuses.length;
  const { bytes: received, ended } = await exchange(target, bytes, isComplete);
  const found = statusesIn(received);
  const isRight =
    found.length === statuses.length && statuses.every((status, index) => fits(status, found[index] ?? 0));
  // A server that closes while it is being sent to resets the connection, and its response may be lost.
  if (!isRight && !(ended === 'reset' && found.length === 0 && bytes.length > 60_000)) {
    throw new Error(
      `expected ${statuses.join(', ') || 'nothing'}, got ${found.join(', ') || 'nothing'} (${ended})`,
    );
  }
  if (ended === 'silent') throw new Error('the connection stayed open');
  count(found, ended, name, report);
}

function count(statuses: readonly number[], ended: string, fault: string, report: Report): void {
  for (const status of statuses.length > 0 ? statuses : [ended]) report.count('raw', status, fault);
}

async function sendMutations(target: Target, runs: number, seed: number, report: Report): Promise<void> {
  const client = new Client(target);
  let number = 0;
  const result = await fc.check(
    fc.asyncProperty(mutations, async (bytes) => {
      const { bytes: received, ended } = await exchange(target, bytes);
      const statuses = statusesIn(received);
      const wrong = statuses.find((status) => status >= 500 && status !== 503);
      if (wrong !== undefined) throw new Error(received.toString('latin1').slice(0, 500));
      count(statuses, ended, MUTATED, report);
      if (++number % RIGHT_AFTER === 0) {
        await client.expectRight(MUTATED);
        report.right += 1;
      }
    }),
    { numRuns: runs, seed },
  );
  client.close();
  if (result.failed) {
    const [bytes] = result.counterexample ?? [];
    const sent = Buffer.from(bytes ?? []).toString('latin1');
    report.fail(`raw, seed ${seed}, path ${String(result.counterexamplePath)}`, result.errorInstance, sent);
  }
}
