import fc from 'fast-check';
import { CODINGS, overwritten, type Fault } from './fault';
import { encode } from './right';

const BINARY = { encoding: 'binary' } as const;

const inFront = (json: Buffer, fields: string): Buffer =>
  Buffer.from(json.toString().replace('{', `{${fields}`));
const atEnd = (json: Buffer, field: string): Buffer =>
  Buffer.concat([json.subarray(0, -1), Buffer.from(field, 'latin1')]);
const nested = (depth: number, inner: string) => `${'['.repeat(depth)}${inner}${']'.repeat(depth)}`;

/** JSON that says the same in another way, or more than is read. */
const harmless = fc
  .oneof(
    fc.constantFrom<[string, string]>(
      ['__proto__ in front', '"__proto__":{"inputs":[],"id":5},'],
      ['constructor in front', '"constructor":{"prototype":{"x":1}},'],
      ['a field twice', '"z":1,"z":2,'],
      ['an infinite number', '"z":1e400,'],
      ['a number of 10,000 digits', `"z":${'9'.repeat(10_000)},`],
      ['a lone surrogate', '"z":"\\ud800","\\udfff":0,'],
      ['10,000 fields', Array.from({ length: 10_000 }, (_, field) => `"z${field}":0,`).join('')],
      ['a field 10,000 times', '"z":0,'.repeat(10_000)],
    ),
    fc
      .tuple(fc.integer({ min: 10, max: 200_000 }), fc.constantFrom('', '1', '{}'))
      .map(([depth, inner]): [string, string] => ['deep JSON', `"z":${nested(depth, inner)},`]),
    fc.constantFrom<[string, string]>(
      ...[' ', '\n', '\t', '\r'].map((space): [string, string] => ['white space', space.repeat(5_000)]),
    ),
  )
  .map(([name, fields]): Fault => ({ name, outcome: 'answered', json: (json) => inFront(json, fields) }));

const deepData = fc.integer({ min: 2, max: 200_000 }).map((depth): Fault => ({
  name: 'deep data',
  outcome: 'refused',
  needs: { encoding: 'flat' },
  json: (json) => Buffer.from(json.toString().replace('"data":[', `"data":[${nested(depth, '')},`)),
}));

const notJson = fc
  .constantFrom<[string, (json: Buffer) => Buffer]>(
    ['a byte order mark', (json) => Buffer.concat([Buffer.from('\ufeff'), json])],
    ['JavaScript', () => Buffer.from('{inputs:[]}')],
    ['unclosed lists', () => Buffer.from('['.repeat(500_000))],
    ['an empty body', () => Buffer.alloc(0)],
    ['zeros', () => Buffer.alloc(1000)],
    ['UTF-16', (json) => Buffer.from(json.toString(), 'utf16le')],
    ['invalid UTF-8', (json) => atEnd(json, ',"z":"\xff"}')],
    ['overlong UTF-8', (json) => atEnd(json, ',"z":"\xc0\xaf"}')],
    ['NaN in JSON', (json) => inFront(json, '"z":NaN,')],
    ['a comment', (json) => inFront(json, '/* */')],
    ['JSON twice', (json) => Buffer.concat([json, json])],
  )
  .map(([name, json]): Fault => ({ name, outcome: 'refused', json }));

const changes = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 });

const damage = fc.oneof(
  changes.map((bytes): Fault => ({
    name: 'bytes of the JSON',
    outcome: 'either',
    json: (json) => overwritten(json, bytes),
  })),
  changes.map((bytes): Fault => ({
    name: 'bytes of the body',
    outcome: 'either',
    body: (body) => overwritten(body, bytes),
  })),
  fc.tuple(CODINGS, changes).map(([one, bytes]): Fault => ({
    name: 'bytes of a coding',
    outcome: 'either',
    needs: { coding: one },
    coded: (coded) => overwritten(coded, bytes),
  })),
  fc.double({ min: 0, max: 0.999, noNaN: true }).map((share): Fault => ({
    name: 'a truncated body',
    outcome: 'refused',
    body: (body) => body.subarray(0, Math.floor(share * body.length)),
  })),
  fc
    .uint8Array({ maxLength: 2_000 })
    .map((bytes): Fault => ({ name: 'any bytes', outcome: 'either', body: () => Buffer.from(bytes) })),
);

const lengths = fc
  .oneof(
    fc.constantFrom(-3, -2, -1, 1, 2, 3).map((by) => (json: number) => String(json + by)),
    fc
      .constantFrom('-1', '', ' ', 'x', '0x20', '1e2', '+5', '9'.repeat(400), '1.0', 'NaN', '5, 5')
      .map((value) => () => value),
    fc.nat(5_000_000).map((by) => (_: number, body: number) => String(body + 1 + by)),
    fc.constant(() => undefined),
  )
  .map((length): Fault => ({
    name: 'Inference-Header-Content-Length',
    outcome: 'refused',
    needs: BINARY,
    length,
  }));

/** NaN, Infinity and -Infinity, little-endian. */
const NOT_FINITE: Readonly<Record<string, readonly string[]>> = {
  FP16: ['007e', '007c', '00fc'],
  BF16: ['c07f', '807f', '80ff'],
  FP32: ['0000c07f', '0000807f', '000080ff'],
  FP64: ['000000000000f87f', '000000000000f07f', '000000000000f0ff'],
};

const notFinite = fc.constantFrom(
  ...Object.entries(NOT_FINITE).flatMap(([datatype, values]) =>
    values.map((hex): Fault => ({
      name: `not finite, ${datatype}`,
      outcome: 'refused',
      needs: { ...BINARY, datatype },
      binary: (data) => Buffer.concat([Buffer.from(hex, 'hex'), data.subarray(encode(datatype, [0]).length)]),
    })),
  ),
);

const binaryElements = fc
  .tuple(fc.uint8Array({ minLength: 1, maxLength: 8 }), fc.nat(), fc.integer({ min: 1, max: 65 }))
  .map(([pattern, from, length]): Fault => ({
    name: 'binary elements',
    outcome: 'either',
    needs: BINARY,
    binary: (data) => {
      const start = from % Math.max(1, data.length);
      return Buffer.from(data).fill(pattern, start, Math.min(data.length, start + length));
    },
  }));

const binaryLengths = fc.constantFrom(-1, 1, 7).map((growth): Fault => ({
  name: 'binary data of another length',
  outcome: 'refused',
  needs: BINARY,
  binary: (data) => (growth < 0 ? data.subarray(0, growth) : Buffer.concat([data, Buffer.alloc(growth)])),
}));

/** Faults of the body's bytes before compression. */
export const byteFaults: readonly fc.Arbitrary<Fault>[] = [
  ...[
    harmless,
    harmless,
    deepData,
    notJson,
    damage,
    damage,
    lengths,
    notFinite,
    binaryElements,
    binaryLengths,
  ],
];
