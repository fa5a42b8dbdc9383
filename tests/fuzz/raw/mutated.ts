import fc from 'fast-check';
import { rawCases } from './cases';

const REQUESTS = [
  'a request behind the body',
  'a chunk with an extension',
  'HEAD',
  'an expected continuation',
];

const seeds = rawCases.filter(({ name }) => REQUESTS.includes(name)).map(({ bytes }) => bytes);

/** What a parser of HTTP takes for a border of something. */
const token = fc.constantFrom(
  ...[
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
  ],
  ...[
    'Content-Length: 1\r\n',
    'Transfer-Encoding: chunked\r\n',
    'Connection: close\r\n',
    'Host: y\r\n',
    'Upgrade: x\r\n',
  ],
);

type Edit = readonly [place: number, removed: number, inserted: Buffer];

const edit: fc.Arbitrary<Edit> = fc.tuple(
  fc.nat(),
  fc.nat(8),
  fc.oneof(
    token.map((text) => Buffer.from(text, 'latin1')),
    fc.uint8Array({ maxLength: 4 }).map((bytes) => Buffer.from(bytes)),
  ),
);

/** Requests with some of their bytes, heads and chunks included, cut out or replaced. */
export const mutatedBytes: fc.Arbitrary<Buffer> = fc
  .tuple(fc.constantFrom(...seeds), fc.array(edit, { minLength: 1, maxLength: 4 }))
  .map(([seed, edits]) => edits.reduce(edited, seed));

function edited(bytes: Buffer, [place, removed, inserted]: Edit): Buffer {
  const at = place % (bytes.length + 1);
  return Buffer.concat([bytes.subarray(0, at), inserted, bytes.subarray(at + removed)]);
}
