import fc from 'fast-check';
import { Client, type Target } from '../client';
import { edits } from '../edits';
import { checkProperty } from '../property';
import type { Report } from '../report';
import { CHUNKED, rawCases, type RawCase } from './cases';
import { exchange, type Exchange } from './connection';

const MUTATED = 'mutated HTTP';
const SEEDS = ['a request after the body', 'a chunk with an extension', 'HEAD', 'Expect: 100-continue'];

/** Separators and headers of HTTP. */
const TOKENS = [
  ...'\r\n|\n|\r| |\t|\0|:|,|;|\r\n |\r\n\r\n|\x7f|\xff|%|?|#|//|HTTP/1.1'.split('|'),
  ...['Content-Length: 1', CHUNKED, 'Connection: close', 'Host: y', 'Upgrade: x'].map(
    (line) => `${line}\r\n`,
  ),
].map((token) => Buffer.from(token, 'latin1'));

const mutations = fc
  .tuple(
    fc.constantFrom(...rawCases.filter(({ name }) => SEEDS.includes(name))),
    edits(fc.oneof(fc.constantFrom(...TOKENS), fc.uint8Array({ maxLength: 4 }))),
  )
  .map(([{ bytes }, change]) => change(bytes));

/** Sends bytes that are hardly HTTP, each over a connection of its own: the known cases, then mutations. */
export async function fuzzRaw(target: Target, count: number, seed: number, report: Report): Promise<void> {
  const countAll = (fault: string, { statuses, ended }: Exchange): void => {
    for (const status of statuses.length > 0 ? statuses : [ended]) report.count('raw', status, fault);
  };
  const client = new Client(target);
  for (const known of rawCases) {
    try {
      const exchanged = await exchange(target, known.bytes);
      judge(known, exchanged);
      countAll(known.name, exchanged);
      await report.expectRight(client, known.name);
    } catch (error) {
      report.fail(`raw, ${known.name}`, error);
    }
  }
  client.close();
  const send = async (_: Client, bytes: Buffer): Promise<string> => {
    const exchanged = await exchange(target, bytes);
    const wrong = exchanged.statuses.find((status) => status >= 500 && status !== 503);
    if (wrong !== undefined) throw new Error(`must be below 500 or 503, got ${wrong}`);
    countAll(MUTATED, exchanged);
    return MUTATED;
  };
  await checkProperty(target, { part: 'raw', cases: mutations, count, seed, send }, report);
}

/** @throws Error if the responses are not those of the case, or the connection stays open */
function judge({ bytes, statuses }: RawCase, { statuses: found, ended }: Exchange): void {
  // Held connections may leave no room for a large body: 503 instead of 413.
  const fits = (wanted: number | '4xx', status = 0): boolean =>
    (wanted === '4xx' ? status >= 400 && status < 500 : wanted === status) ||
    (wanted === 413 && status === 503);
  const isRight = found.length === statuses.length && statuses.every((wanted, at) => fits(wanted, found[at]));
  // A server that closes while it is being sent to resets the connection, and its response may be lost.
  const isLost = ended === 'reset' && found.length === 0 && bytes.length > 60_000;
  if (ended === 'silent' || !(isRight || isLost)) {
    throw new Error(`expected ${statuses.join() || 'nothing'}, got ${found.join() || 'nothing'} (${ended})`);
  }
}
