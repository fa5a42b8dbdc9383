import fc from 'fast-check';
import { edits } from '../edits';
import type { Fault } from './fault';

const inFront = (json: Buffer, fields: string): Buffer =>
  Buffer.from(json.toString().replace('{', `{${fields}`));
const atEnd = (json: Buffer, field: string): Buffer =>
  Buffer.concat([json.subarray(0, -1), Buffer.from(field, 'latin1')]);
const nested = (depth: number, inner: string) => `${'['.repeat(depth)}${inner}${']'.repeat(depth)}`;

/** Fields in front of the others: they mean the same, or more than is read. */
const HARMLESS = {
  '__proto__ in front': '"__proto__":{"inputs":[],"id":5},',
  'constructor in front': '"constructor":{"prototype":{"x":1}},',
  'a field twice': '"z":1,"z":2,',
  'an infinite number': '"z":1e400,',
  'a number of 10,000 digits': `"z":${'9'.repeat(10_000)},`,
  'a lone surrogate': '"z":"\\ud800","\\udfff":0,',
  '10,000 fields': Array.from({ length: 10_000 }, (_, field) => `"z${field}":0,`).join(''),
  'a field 10,000 times': '"z":0,'.repeat(10_000),
  'white space': ' \n\t\r'.repeat(2_000),
  'deep JSON': `"z":${nested(200_000, '{}')},`,
};

const NOT_JSON: Readonly<Record<string, (json: Buffer) => Buffer>> = {
  'a byte order mark': (json) => Buffer.concat([Buffer.from('\ufeff'), json]),
  JavaScript: () => Buffer.from('{inputs:[]}'),
  'unclosed lists': () => Buffer.from('['.repeat(500_000)),
  'an empty body': () => Buffer.alloc(0),
  zeros: () => Buffer.alloc(1000),
  'UTF-16': (json) => Buffer.from(json.toString(), 'utf16le'),
  'invalid UTF-8': (json) => atEnd(json, ',"z":"\xff"}'),
  'overlong UTF-8': (json) => atEnd(json, ',"z":"\xc0\xaf"}'),
  'NaN in JSON': (json) => inFront(json, '"z":NaN,'),
  'a comment': (json) => inFront(json, '/* */'),
  'JSON twice': (json) => Buffer.concat([json, json]),
};

const harmless = fc
  .constantFrom(...Object.entries(HARMLESS))
  .map(([name, fields]): Fault => ({ name, outcome: 'answered', json: (json) => inFront(json, fields) }));

const notJson = fc
  .constantFrom(...Object.entries(NOT_JSON))
  .map(([name, json]): Fault => ({ name, outcome: 'refused', json }));

const deepData = fc.integer({ min: 2, max: 200_000 }).map((depth): Fault => ({
  name: 'deep data',
  outcome: 'refused',
  needs: { encoding: 'flat' },
  json: (json) => Buffer.from(json.toString().replace('"data":[', `"data":[${nested(depth, '')},`)),
}));

const damage = fc
  .tuple(
    fc.constantFrom('json', 'binary', 'body', 'coded'),
    edits(fc.uint8Array({ maxLength: 8 })),
    fc.constantFrom('gzip', 'deflate'),
  )
  .map(([stage, change, coding]): Fault => ({
    name: `damaged ${stage}`,
    outcome: 'either',
    needs: { ...(stage === 'coded' && { coding }), ...(stage === 'binary' && { encoding: 'binary' }) },
    [stage]: change,
  }));

const truncated = fc.double({ min: 0, max: 0.999, noNaN: true }).map((share): Fault => ({
  name: 'a truncated body',
  outcome: 'refused',
  body: (body) => body.subarray(0, Math.floor(share * body.length)),
}));

const anyBytes = fc
  .uint8Array({ maxLength: 2_000 })
  .map((bytes): Fault => ({ name: 'any bytes', outcome: 'either', body: () => Buffer.from(bytes) }));

/** A length of the JSON that is a little too small or large, or beyond the body. */
const lengths = fc
  .oneof(
    fc.constantFrom(-3, -2, -1, 1, 2, 3).map((by) => (json: number) => json + by),
    fc.nat(5_000_000).map((by) => (_: number, body: number) => body + 1 + by),
  )
  .map((length): Fault => ({
    name: 'Inference-Header-Content-Length',
    outcome: 'refused',
    needs: { encoding: 'binary' },
    headers: (json, body) => ({ 'inference-header-content-length': String(length(json, body)) }),
  }));

/** Faults of the body's bytes before compression, and of the compressed bytes. */
export const byteFaults: fc.Arbitrary<Fault> = fc.oneof(
  ...[harmless, harmless, notJson, deepData, damage, damage, truncated, anyBytes, lengths],
);
