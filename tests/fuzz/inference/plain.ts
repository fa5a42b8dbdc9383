import fc from 'fast-check';
import { DATATYPES, encode, rowsFor, type Row } from './tensors';

/** A right inference request, before any byte of it is written. */
export interface Plain {
  readonly rows: readonly Row[];
  readonly datatype: string;
  readonly encoding: 'flat' | 'nested' | 'binary';
  readonly id: string | undefined;
  readonly versioned: boolean;
  readonly outputs: readonly Output[] | undefined;
  readonly binaryOutput: boolean | undefined;
  /** Parameters and fields that no server knows. */
  readonly unknown: Readonly<Record<string, unknown>>;
  readonly coding: 'gzip' | 'deflate' | undefined;
  readonly accepted: string | undefined;
  readonly contentType: string | undefined;
  readonly chunked: boolean;
}

interface Output {
  readonly name: string;
  readonly parameters?: { readonly binary_data: boolean };
}

/** The request's JSON as a value. */
export interface Request {
  readonly inputs: readonly Readonly<Record<string, unknown>>[];
  readonly [field: string]: unknown;
}

const RESERVED = /^(id|inputs|outputs|parameters|binary_data_output)$/;

const unknown = fc
  .dictionary(
    fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'toString')),
    fc.jsonValue(),
    {
      maxKeys: 3,
      noNullPrototype: true,
    },
  )
  .map((fields) => Object.fromEntries(Object.entries(fields).filter(([name]) => !RESERVED.test(name))));

const output = fc
  .tuple(fc.constantFrom('probability', 'label'), fc.option(fc.boolean(), { nil: undefined }))
  .map(([name, binary]): Output => ({
    name,
    ...(binary === undefined ? {} : { parameters: { binary_data: binary } }),
  }));

/** Mostly few rows: what is many is slow, and seldom tells more. */
const count = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 1, max: 3 }) },
  { weight: 2, arbitrary: fc.integer({ min: 4, max: 40 }) },
  { weight: 1, arbitrary: fc.constantFrom(100, 1023, 1024) },
);

const perhaps = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 });

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom('', '__proto__', '\ud800', '\u0000', '🫀', 'x'.repeat(10_000)),
);

/** Right requests in every form that the protocol has. */
export const plain: fc.Arbitrary<Plain> = fc.constantFrom('FP32', 'FP32', ...DATATYPES).chain((datatype) =>
  fc.record({
    rows: fc
      .tuple(count, fc.nat(1000))
      .map(([rows, first]) => Array.from({ length: rows }, (_, row) => nth(rowsFor(datatype), first + row))),
    datatype: fc.constant(datatype),
    encoding: fc.constantFrom('flat', 'nested', 'binary', 'binary'),
    id: perhaps(text),
    versioned: fc.boolean(),
    outputs: perhaps(fc.uniqueArray(output, { selector: ({ name }) => name, maxLength: 2 })),
    binaryOutput: perhaps(fc.boolean()),
    unknown,
    coding: fc.constantFrom(undefined, undefined, 'gzip', 'deflate'),
    accepted: fc.constantFrom(undefined, 'gzip', 'deflate', 'gzip;q=0, *', 'br;q=1.0, *;q=0.1', ',;=,q=x;;'),
    contentType: fc.constantFrom(undefined, 'application/json', 'application/octet-stream'),
    chunked: fc.boolean(),
  }),
);

/** The request's JSON, and the bytes that follow it. */
export function written(given: Plain): { readonly request: Request; readonly binary: Buffer } {
  const { rows, datatype, encoding, id, outputs, binaryOutput, unknown: others } = given;
  const values = rows.map((row) => row.values);
  const binary = encoding === 'binary' ? encode(datatype, values.flat()) : Buffer.alloc(0);
  const tensor =
    encoding === 'binary'
      ? { parameters: { ...others, binary_data_size: binary.length } }
      : { data: encoding === 'flat' ? values.flat() : values };
  const input = { name: 'features', shape: [rows.length, 10], datatype, ...tensor };
  const request = {
    ...others,
    inputs: [input],
    ...(id === undefined ? {} : { id }),
    ...(outputs === undefined ? {} : { outputs }),
    parameters: { ...others, ...(binaryOutput === undefined ? {} : { binary_data_output: binaryOutput }) },
  };
  return { request, binary };
}

function nth<T>(list: readonly T[], index: number): T {
  const found = list[index % list.length];
  if (found === undefined) {
    throw new RangeError('an empty list has no elements');
  }
  return found;
}
