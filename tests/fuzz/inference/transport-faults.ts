import fc from 'fast-check';
import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { CODINGS, type Fault, type Outcome } from './fault';

/** 20 MB of zeros in 20 kB. */
const BOMBS = {
  gzip: gzipSync(Buffer.alloc(2e7), { level: 9 }),
  deflate: deflateSync(Buffer.alloc(2e7), { level: 9 }),
};

const codings = CODINGS.chain((one) =>
  fc
    .constantFrom<[string, Outcome, (coded: Buffer) => Buffer]>(
      ['a decompression bomb', 'refused', () => BOMBS[one]],
      ['a truncated coding', 'refused', (coded) => coded.subarray(0, Math.floor(coded.length / 2))],
      ['a coding without its end', 'refused', (coded) => coded.subarray(0, -4)],
      ['an empty coding', 'refused', () => Buffer.alloc(0)],
      ['a coding twice', 'refused', (coded) => gzipSync(coded)],
      ['raw deflate', 'refused', () => deflateRawSync(Buffer.from('{}'))],
      [
        'another checksum',
        'refused',
        (coded) => Buffer.concat([coded.subarray(0, -5), Buffer.from([1, 2, 3, 4, 5])]),
      ],
      ...(one === 'gzip'
        ? ([
            ['gzip members', 'answered', (coded) => Buffer.concat([coded, gzipSync(''), gzipSync('')])],
            ['bytes after gzip', 'either', (coded) => Buffer.concat([coded, Buffer.alloc(100)])],
          ] satisfies [string, Outcome, (coded: Buffer) => Buffer][])
        : []),
    )
    .map(([name, outcome, coded]): Fault => ({ name, outcome, needs: { coding: one }, coded })),
);

const header = (
  name: string,
  outcome: Outcome,
  values: readonly string[],
  needs: Fault['needs'] = {},
): Fault[] =>
  values.map((value) => ({
    name: `${name}: ${value.slice(0, 40)}`,
    outcome,
    needs,
    headers: { [name]: value },
  }));

const headers = fc.constantFrom(
  ...header('content-encoding', 'refused', ['br', 'zstd', 'gzip, deflate', 'x', 'gzip\t,', '*'], {
    coding: undefined,
  }),
  ...header('content-encoding', 'answered', ['Identity'], { coding: undefined }),
  ...header('content-type', 'refused', [
    'text/plain',
    'multipart/form-data; boundary=x',
    'application/jsonx',
    '/',
    'application/',
  ]),
  ...header('content-type', 'answered', [
    'Application/JSON',
    'application/json; charset=utf-8',
    'application/json;;;',
  ]),
  ...header('accept-encoding', 'answered', [
    'gzip;q=1e9',
    'x'.repeat(8000),
    'gzip, '.repeat(1500),
    ';;;,,,',
    'identity;q=0',
    '\u00e9',
  ]),
  ...header('expect', 'answered', ['100-continue']),
  ...header('x-request-id', 'answered', ['x'.repeat(5000)]),
  ...header('traceparent', 'answered', ['00-00000000000000000000000000000000-0000000000000000-00', 'ff-é']),
);

/** Faults of compression and headers. */
export const transportFaults: readonly fc.Arbitrary<Fault>[] = [codings, codings, headers];
