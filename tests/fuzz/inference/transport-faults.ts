import fc from 'fast-check';
import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import type { Fault, Outcome } from './fault';

type Coded = readonly [name: string, outcome: Outcome, coded: (body: Buffer) => Buffer];

/** 20 MB of zeros in 20 kB. */
const BOMBS = { gzip: gzipSync(Buffer.alloc(2e7)), deflate: deflateSync(Buffer.alloc(2e7)) };

const CODED: readonly Coded[] = [
  ['a truncated coding', 'refused', (body) => body.subarray(0, Math.floor(body.length / 2))],
  ['a coding without its end', 'refused', (body) => body.subarray(0, -4)],
  ['an empty coding', 'refused', () => Buffer.alloc(0)],
  ['a coding twice', 'refused', (body) => gzipSync(body)],
  ['raw deflate', 'refused', () => deflateRawSync('{}')],
  ['another checksum', 'refused', (body) => Buffer.concat([body.subarray(0, -4), Buffer.from('1234')])],
];

const GZIP: readonly Coded[] = [
  ['gzip members', 'answered', (body) => Buffer.concat([body, gzipSync(''), gzipSync('')])],
  ['bytes after gzip', 'either', (body) => Buffer.concat([body, Buffer.alloc(100)])],
];

const codings = (['gzip', 'deflate'] as const).flatMap((coding) => {
  const bomb: Coded = ['a decompression bomb', 'refused', () => BOMBS[coding]];
  const all = [bomb, ...CODED, ...(coding === 'gzip' ? GZIP : [])];
  return all.map(([name, outcome, coded]): Fault => ({ name, outcome, needs: { coding }, coded }));
});

const HEADERS: readonly (readonly [name: string, outcome: Outcome, values: readonly string[]])[] = [
  ['content-encoding', 'refused', ['br', 'zstd', 'gzip, deflate', 'x', 'gzip\t,', '*']],
  ['content-encoding', 'answered', ['Identity']],
  ['content-type', 'refused', ['text/plain', 'application/jsonx', '/', 'application/']],
  ['content-type', 'refused', ['multipart/form-data; boundary=x']],
  [
    'content-type',
    'answered',
    ['Application/JSON', 'application/json; charset=utf-8', 'application/json;;;'],
  ],
  ['accept-encoding', 'answered', ['gzip;q=1e9', 'x'.repeat(8000), 'gzip, '.repeat(1500)]],
  ['accept-encoding', 'answered', [';;;,,,', 'identity;q=0', 'é']],
  ['expect', 'answered', ['100-continue']],
  ['x-request-id', 'answered', ['x'.repeat(5000)]],
  ['traceparent', 'answered', ['00-00000000000000000000000000000000-0000000000000000-00', 'ff-é']],
];

const headers = HEADERS.flatMap(([header, outcome, values]) =>
  values.map((value): Fault => ({
    name: `${header}: ${value.slice(0, 40)}`,
    outcome,
    // The service must not decompress the body.
    needs: header === 'content-encoding' ? { coding: undefined } : {},
    headers: () => ({ [header]: value }),
  })),
);

/** Faults of compression and headers. */
export const transportFaults: fc.Arbitrary<Fault> = fc.oneof(
  fc.constantFrom(...codings),
  fc.constantFrom(...codings),
  fc.constantFrom(...headers),
);
