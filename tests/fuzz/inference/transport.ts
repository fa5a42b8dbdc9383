import fc from 'fast-check';
import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { flipped } from './bytes';
import type { Mutation } from './mutation';

/** 20 MB of zeros in 20 kB. */
const BOMBS = {
  gzip: gzipSync(Buffer.alloc(2e7), { level: 9 }),
  deflate: deflateSync(Buffer.alloc(2e7), { level: 9 }),
};

const coding = fc.constantFrom('gzip' as const, 'deflate' as const);

const bomb = coding.map((one): Mutation => ({
  name: 'a bomb',
  outcome: 'refused',
  needs: { coding: one },
  coded: () => BOMBS[one],
}));

const broken = coding.chain((one) =>
  fc
    .constantFrom<[string, (coded: Buffer) => Buffer]>(
      ['a coding cut off', (coded) => coded.subarray(0, Math.floor(coded.length / 2))],
      ['a coding without its end', (coded) => coded.subarray(0, -4)],
      ['no bytes of a coding', () => Buffer.alloc(0)],
      ['a coding twice', (coded) => gzipSync(coded)],
      ['raw deflate', () => deflateRawSync(Buffer.from('{}'))],
      ['another checksum', (coded) => Buffer.concat([coded.subarray(0, -5), Buffer.from([1, 2, 3, 4, 5])])],
    )
    .map(([name, coded]): Mutation => ({ name, outcome: 'refused', needs: { coding: one }, coded })),
);

const damaged = fc.tuple(coding, fc.nat(), fc.nat(255)).map(([one, at, byte]): Mutation => ({
  name: 'bytes of a coding',
  outcome: 'either',
  needs: { coding: one },
  coded: (coded) => flipped(coded, [[at, byte]]),
}));

const members = fc.constantFrom<Mutation>(
  {
    name: 'gzip members',
    outcome: 'answered',
    needs: { coding: 'gzip' },
    coded: (coded) => Buffer.concat([coded, gzipSync(''), gzipSync('')]),
  },
  {
    name: 'bytes after gzip',
    outcome: 'either',
    needs: { coding: 'gzip' },
    coded: (coded) => Buffer.concat([coded, Buffer.alloc(100)]),
  },
);

const header = (
  name: string,
  value: string,
  outcome: Mutation['outcome'],
  needs: Mutation['needs'] = {},
): Mutation => ({
  name: `${name}: ${value.slice(0, 40)}`,
  outcome,
  needs,
  headers: { [name]: value },
});

const headers = fc.constantFrom(
  ...['br', 'zstd', 'gzip, deflate', 'x', 'gzip\t,', '*'].map((value) =>
    header('content-encoding', value, 'refused', { coding: undefined }),
  ),
  header('content-encoding', 'Identity', 'answered', { coding: undefined }),
  ...[
    'text/plain',
    'application/xml',
    'multipart/form-data; boundary=x',
    'application/jsonx',
    '/',
    'application/',
  ].map((value) => header('content-type', value, 'refused')),
  ...[
    'Application/JSON',
    'application/json; charset=utf-8',
    'application/json;;;',
    'application/json;charset=x',
  ].map((value) => header('content-type', value, 'answered')),
  ...[
    'gzip;q=1e9',
    'x'.repeat(8000),
    'gzip, '.repeat(1500),
    'gzip;q=-1',
    ';;;,,,',
    'identity;q=0',
    '\u00e9',
  ].map((value) => header('accept-encoding', value, 'answered')),
  header('expect', '100-continue', 'answered'),
  header('x-request-id', 'x'.repeat(5000), 'answered'),
  header('traceparent', '00-00000000000000000000000000000000-0000000000000000-00', 'answered'),
  header('traceparent', 'ff-é', 'answered'),
);

/** Faults of how the body is sent. */
export const transport: readonly fc.Arbitrary<Mutation>[] = [bomb, broken, damaged, members, headers];
