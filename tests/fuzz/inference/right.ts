import fc from 'fast-check';
import examples from '@online-inference/service/model/examples.json';

/** A row of the model's ten features and its probability, if scikit-learn has computed one. */
export interface Row {
  readonly values: readonly number[];
  readonly probability?: number;
}

/** A right inference request before any byte of it is written. */
export interface RightRequest {
  readonly rows: readonly Row[];
  readonly datatype: string;
  readonly encoding: 'flat' | 'nested' | 'binary';
  readonly versioned: boolean;
  readonly id: string | undefined;
  readonly outputs: readonly object[] | undefined;
  readonly binaryOutput: boolean | undefined;
  /** Parameters and fields that no server knows. */
  readonly unknown: Readonly<Record<string, unknown>>;
  readonly coding: 'gzip' | 'deflate' | undefined;
  readonly accepted: string | undefined;
  readonly contentType: string | undefined;
  readonly chunked: boolean;
}

/** The JSON of a request as a value. */
export interface RequestJson {
  readonly inputs: readonly Readonly<Record<string, unknown>>[];
  readonly [field: string]: unknown;
}

/** Writes the elements of each numeric datatype as little-endian bytes, independently of the service. */
const WRITERS: Readonly<Record<string, (values: readonly number[]) => { buffer: ArrayBuffer }>> = {
  UINT8: (values) => Uint8Array.from(values),
  UINT16: (values) => Uint16Array.from(values),
  UINT32: (values) => Uint32Array.from(values),
  UINT64: (values) => BigUint64Array.from(values.map(BigInt)),
  INT8: (values) => Int8Array.from(values),
  INT16: (values) => Int16Array.from(values),
  INT32: (values) => Int32Array.from(values),
  INT64: (values) => BigInt64Array.from(values.map(BigInt)),
  FP16: (values) => Uint16Array.from(values, halfBits),
  BF16: (values) =>
    Uint16Array.from(values, (value) => (new Uint32Array(Float32Array.of(value).buffer)[0] ?? 0) >>> 16),
  FP32: (values) => Float32Array.from(values),
  FP64: (values) => Float64Array.from(values),
};

/** Returns the binary16 bits of an integer from 0 to 2048. @see IEEE 754-2008, binary16 */
function halfBits(value: number): number {
  const exponent = Math.floor(Math.log2(value));
  return value === 0 ? 0 : ((exponent + 15) << 10) | ((value / 2 ** exponent - 1) * 1024);
}

/** Returns the bytes of a tensor. An unknown datatype is written as FP32. */
export function encode(datatype: string, values: readonly number[]): Buffer {
  const write = WRITERS[datatype] ?? ((all: readonly number[]) => Float32Array.from(all));
  return Buffer.from(write(values).buffer);
}

/** The largest integer up to which a datatype has every integer. */
const LARGEST: Readonly<Record<string, number>> = { UINT8: 255, INT8: 127, BF16: 256, FP16: 2048 };

/** A patient that every datatype can hold: cholesterol is seldom this low. */
const SMALL: Row = { values: [63, 1, 0, 126, 2, 120, 0, 2, 0, 1] };

function rowsFor(datatype: string): readonly Row[] {
  const rows = examples.map(({ patient, probability }) => ({ values: Object.values(patient), probability }));
  const largest = LARGEST[datatype] ?? Infinity;
  const fitting = rows.filter(({ values }) => values.every((value) => value <= largest));
  return fitting.length > 0 ? fitting : [SMALL];
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

const output = fc.record(
  { name: fc.constantFrom('probability', 'label'), parameters: fc.record({ binary_data: fc.boolean() }) },
  { requiredKeys: ['name'] },
);

/** Mostly few rows: many are slow and rarely find more. */
const count = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 1, max: 3 }) },
  { weight: 2, arbitrary: fc.integer({ min: 4, max: 40 }) },
  { weight: 1, arbitrary: fc.constantFrom(100, 1023, 1024) },
);

const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 });

const id = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom('', '__proto__', '\ud800', '\u0000', '🫀', 'x'.repeat(10_000)),
);

/** Right requests in every form that the protocol has. */
export const rightRequests: fc.Arbitrary<RightRequest> = fc
  .constantFrom('FP32', 'FP32', ...Object.keys(WRITERS))
  .chain((datatype) =>
    fc.record({
      rows: fc.tuple(count, fc.nat(1000)).map(([rows, first]) => {
        const fitting = rowsFor(datatype);
        return Array.from({ length: rows }, (_, row) => fitting[(first + row) % fitting.length] ?? SMALL);
      }),
      datatype: fc.constant(datatype),
      encoding: fc.constantFrom('flat', 'nested', 'binary', 'binary'),
      versioned: fc.boolean(),
      id: optional(id),
      outputs: optional(fc.uniqueArray(output, { selector: ({ name }) => name, maxLength: 2 })),
      binaryOutput: optional(fc.boolean()),
      unknown,
      coding: fc.constantFrom(undefined, undefined, 'gzip', 'deflate'),
      accepted: fc.constantFrom(
        undefined,
        'gzip',
        'deflate',
        'gzip;q=0, *',
        'br;q=1.0, *;q=0.1',
        ',;=,q=x;;',
      ),
      contentType: fc.constantFrom(undefined, 'application/json', 'application/octet-stream'),
      chunked: fc.boolean(),
    }),
  );

/** Returns a request's JSON, and the bytes that follow it. */
export function written(request: RightRequest): { readonly json: RequestJson; readonly binary: Buffer } {
  const { rows, datatype, encoding, id: given, outputs, binaryOutput, unknown: others } = request;
  const values = rows.map((row) => row.values);
  const binary = encoding === 'binary' ? encode(datatype, values.flat()) : Buffer.alloc(0);
  const elements =
    encoding === 'binary'
      ? { parameters: { ...others, binary_data_size: binary.length } }
      : { data: encoding === 'flat' ? values.flat() : values };
  const json = {
    ...others,
    inputs: [{ name: 'features', shape: [rows.length, 10], datatype, ...elements }],
    ...(given === undefined ? {} : { id: given }),
    ...(outputs === undefined ? {} : { outputs }),
    parameters: { ...others, ...(binaryOutput === undefined ? {} : { binary_data_output: binaryOutput }) },
  };
  return { json, binary };
}
