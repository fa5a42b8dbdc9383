import fc from 'fast-check';
import examples from '@online-inference/service/model/examples.json';

/** A row of the model's ten features. Without a probability, scikit-learn has not computed it. */
export interface Row {
  readonly values: readonly number[];
  readonly probability?: number;
}

/** The JSON of a request as a value. */
export interface RequestJson {
  readonly inputs: readonly Readonly<Record<string, unknown>>[];
  readonly [field: string]: unknown;
}

type Write = (values: readonly number[]) => { readonly buffer: ArrayBuffer };

/** For each numeric datatype, the largest integer up to which it has every integer, and its encoding. */
const DATATYPES: Readonly<Record<string, readonly [largest: number, write: Write]>> = {
  UINT8: [255, (values) => Uint8Array.from(values)],
  UINT16: [65_535, (values) => Uint16Array.from(values)],
  UINT32: [2 ** 32 - 1, (values) => Uint32Array.from(values)],
  UINT64: [2 ** 53, (values) => BigUint64Array.from(values, BigInt)],
  INT8: [127, (values) => Int8Array.from(values)],
  INT16: [32_767, (values) => Int16Array.from(values)],
  INT32: [2 ** 31 - 1, (values) => Int32Array.from(values)],
  INT64: [2 ** 53, (values) => BigInt64Array.from(values, BigInt)],
  FP16: [2048, (values) => Uint16Array.from(values, halfBits)],
  BF16: [256, (values) => Uint16Array.from(values, (value) => singleBits(value) >>> 16)],
  FP32: [2 ** 24, (values) => Float32Array.from(values)],
  FP64: [2 ** 53, (values) => Float64Array.from(values)],
};

const singleBits = (value: number): number => new Uint32Array(Float32Array.of(value).buffer)[0] ?? 0;

/** Returns the binary16 bits of an integer from 0 to 2048. @see IEEE 754-2008, binary16 */
function halfBits(value: number): number {
  const exponent = Math.floor(Math.log2(value));
  return value === 0 ? 0 : ((exponent + 15) << 10) | ((value / 2 ** exponent - 1) * 1024);
}

/** Returns the little-endian bytes of a tensor, written independently of the service. */
function encode(datatype: string, values: readonly number[]): Buffer {
  return Buffer.from(DATATYPES[datatype]?.[1](values).buffer ?? new ArrayBuffer());
}

/** Every datatype can hold the last patient; cholesterol is seldom this low. */
const ROWS: readonly Row[] = [
  ...examples.map(({ patient, probability }) => ({ values: Object.values(patient), probability })),
  { values: [63, 1, 0, 126, 2, 120, 0, 2, 0, 1] },
];

const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 });

/** Parameters and fields that no server knows. */
const unknown = fc.dictionary(
  fc.oneof(
    fc.string().map((name) => `x${name}`),
    fc.constantFrom('__proto__', 'constructor', 'toString'),
  ),
  fc.jsonValue(),
  { maxKeys: 3, noNullPrototype: true },
);

const output = fc.record(
  { name: fc.constantFrom('probability', 'label'), parameters: fc.record({ binary_data: fc.boolean() }) },
  { requiredKeys: ['name'] },
);

const id = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom('', '__proto__', '\ud800', '\u0000', '🫀', 'x'.repeat(10_000)),
);

/** Right requests in every form of the protocol, before they are encoded. */
export const rightRequests = fc.record({
  /** Mostly few rows: many are slow and rarely find more. */
  count: fc.oneof(
    { weight: 8, arbitrary: fc.integer({ min: 1, max: 3 }) },
    { weight: 2, arbitrary: fc.integer({ min: 4, max: 40 }) },
    { weight: 1, arbitrary: fc.constantFrom(100, 1023, 1024) },
  ),
  firstRow: fc.nat(1000),
  datatype: fc.constantFrom('FP32', 'FP32', ...Object.keys(DATATYPES)),
  encoding: fc.constantFrom('flat', 'nested', 'binary', 'binary'),
  versioned: fc.boolean(),
  id: optional(id),
  outputs: optional(fc.uniqueArray(output, { selector: ({ name }) => name, maxLength: 2 })),
  binaryOutput: optional(fc.boolean()),
  unknown,
  coding: fc.constantFrom(undefined, undefined, 'gzip', 'deflate'),
  accepted: fc.constantFrom(undefined, 'gzip', 'deflate', 'gzip;q=0, *', 'br;q=1.0, *;q=0.1', ',;=,q=x;;'),
  contentType: fc.constantFrom(undefined, 'application/json', 'application/octet-stream'),
  chunked: fc.boolean(),
});

export type RightRequest = typeof rightRequests extends fc.Arbitrary<infer Request> ? Request : never;

/** Returns a request's rows, its JSON, and the bytes that follow the JSON. */
export function encoded(right: RightRequest): { rows: readonly Row[]; json: RequestJson; binary: Buffer } {
  const { count, firstRow, datatype, encoding, id: given, outputs, binaryOutput, unknown: others } = right;
  const largest = DATATYPES[datatype]?.[0] ?? 0;
  const fitting = ROWS.filter(({ values }) => values.every((value) => value <= largest));
  const indices = Array.from({ length: count }, (_, index) => (firstRow + index) % fitting.length);
  const rows = indices.flatMap((index) => fitting[index] ?? []);
  const values = rows.map((row) => row.values);
  const binary = encoding === 'binary' ? encode(datatype, values.flat()) : Buffer.alloc(0);
  const elements =
    encoding === 'binary'
      ? { parameters: { ...others, binary_data_size: binary.length } }
      : { data: encoding === 'flat' ? values.flat() : values };
  const json = {
    ...others,
    inputs: [{ name: 'features', shape: [count, 10], datatype, ...elements }],
    // JSON.stringify leaves out a field that is undefined.
    id: given,
    outputs,
    parameters: { ...others, binary_data_output: binaryOutput },
  };
  return { rows, json, binary };
}
