import fc from 'fast-check';
import type { Mutation } from './mutation';

const before = (json: Buffer, text: string): Buffer => Buffer.from(json.toString().replace('{', `{${text}`));

const nested = (depth: number, text: string) => `${'['.repeat(depth)}${text}${']'.repeat(depth)}`;

/** JSON that says the same in another way, or more than is read. */
const harmless = fc
  .oneof(
    fc.constantFrom<[string, string]>(
      ['__proto__ in front', '"__proto__":{"inputs":[],"id":5},'],
      ['constructor in front', '"constructor":{"prototype":{"x":1}},'],
      ['an id twice', '"z":1,"z":2,'],
      ['a number that is infinite', '"z":1e400,'],
      ['a number of ten thousand digits', `"z":${'9'.repeat(10_000)},`],
      ['a lone surrogate', '"z":"\\ud800","\\udfff":0,'],
      ['ten thousand fields', Array.from({ length: 10_000 }, (_, field) => `"z${field}":0,`).join('')],
      ['ten thousand of one field', '"z":0,'.repeat(10_000)],
    ),
    fc
      .tuple(fc.integer({ min: 10, max: 200_000 }), fc.constantFrom('', '1', '{}'))
      .map(([depth, text]): [string, string] => ['deep JSON', `"z":${nested(depth, text)},`]),
  )
  .map(([name, text]): Mutation => ({ name, outcome: 'answered', json: (json) => before(json, text) }));

const spaces = fc.constantFrom(' ', '\n', '\t', '\r').map((space): Mutation => ({
  name: 'white space',
  outcome: 'answered',
  json: (json) => Buffer.concat([Buffer.from(space.repeat(5_000)), json, Buffer.from(space.repeat(5_000))]),
}));

const deepData = fc.integer({ min: 2, max: 200_000 }).map((depth): Mutation => ({
  name: 'deep data',
  outcome: 'refused',
  needs: { encoding: 'flat' },
  json: (json) => Buffer.from(json.toString().replace('"data":[', `"data":[${nested(depth, '')},`)),
}));

const notJson = fc
  .constantFrom<[string, (json: Buffer) => Buffer]>(
    ['a byte order mark', (json) => Buffer.concat([Buffer.from('\ufeff'), json])],
    ['no JSON', () => Buffer.from('{inputs:[]}')],
    ['unclosed lists', () => Buffer.from('['.repeat(500_000))],
    ['no text', () => Buffer.alloc(0)],
    ['zeros', () => Buffer.alloc(1000)],
    ['UTF-16', (json) => Buffer.from(json.toString(), 'utf16le')],
    ['invalid UTF-8', (json) => Buffer.concat([json.subarray(0, -1), Buffer.from(',"z":"\xff"}', 'latin1')])],
    [
      'overlong UTF-8',
      (json) => Buffer.concat([json.subarray(0, -1), Buffer.from(',"z":"\xc0\xaf"}', 'latin1')]),
    ],
    ['NaN in JSON', (json) => before(json, '"z":NaN,')],
    ['a comment', (json) => before(json, '/* */')],
    ['two texts', (json) => Buffer.concat([json, json])],
  )
  .map(([name, json]): Mutation => ({ name, outcome: 'refused', json }));

const flips = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 });

/** With some bytes written over, as far as there are any. */
export function flipped(bytes: Buffer, changes: readonly (readonly [number, number])[]): Buffer {
  const copy = Buffer.from(bytes);
  changes.forEach(([at, byte]) => copy.length > 0 && copy.writeUInt8(byte, at % copy.length));
  return copy;
}

const damagedJson = flips.map((changes): Mutation => ({
  name: 'bytes of the JSON',
  outcome: 'either',
  json: (json) => flipped(json, changes),
}));

const damagedBody = flips.map((changes): Mutation => ({
  name: 'bytes of the body',
  outcome: 'either',
  body: (body) => flipped(body, changes),
}));

const cut = fc.double({ min: 0, max: 0.999, noNaN: true }).map((share): Mutation => ({
  name: 'a body cut off',
  outcome: 'refused',
  body: (body) => body.subarray(0, Math.floor(share * body.length)),
}));

const jsonLength = fc
  .oneof(
    fc
      .integer({ min: -3, max: 3 })
      .filter((by) => by !== 0)
      .map((by) => (json: number) => String(json + by)),
    fc
      .constantFrom('-1', '', ' ', 'x', '0x20', '1e2', '+5', '9'.repeat(400), '1.0', 'NaN', '5, 5')
      .map((text) => () => text),
    fc.nat(5_000_000).map((by) => (_: number, body: number) => String(body + 1 + by)),
  )
  .map((length): Mutation => ({
    name: 'Inference-Header-Content-Length',
    outcome: 'refused',
    needs: { encoding: 'binary' },
    length,
  }));

const noLength = fc.constant<Mutation>({
  name: 'no Inference-Header-Content-Length',
  outcome: 'refused',
  needs: { encoding: 'binary' },
  length: () => undefined,
});

const anything = fc
  .uint8Array({ maxLength: 2_000 })
  .map((bytes): Mutation => ({ name: 'any bytes', outcome: 'either', body: () => Buffer.from(bytes) }));

/** Faults of the body's bytes, before they are compressed. */
export const bytes: readonly fc.Arbitrary<Mutation>[] = [
  harmless,
  harmless,
  spaces,
  deepData,
  notJson,
  damagedJson,
  damagedBody,
  cut,
  jsonLength,
  noLength,
  anything,
];
