/** How one of the protocol's numeric datatypes is written, in binary and in JSON. */
export interface Datatype {
  /** Size of one element, in bytes. */
  readonly bytes: number;
  /** The element at an offset of little-endian data. */
  readonly read: (data: Buffer, offset: number) => number | bigint;
  /** The element that a JSON number stands for; undefined if the datatype has no such value. */
  readonly fromJson: (value: number) => number | undefined;
  /** All elements of the data at once, where they are FP32 already. */
  readonly singles?: (data: Buffer) => Float32Array;
}

/**
 * The datatypes that the model's FP32 input can be given in. BOOL and BYTES are no numbers.
 *
 * @see https://github.com/kserve/open-inference-protocol/blob/main/specification/protocol/inference_rest.md
 * @see https://github.com/triton-inference-server/server/blob/main/docs/protocol/extension_binary_data.md
 */
export const DATATYPES: ReadonlyMap<string, Datatype> = new Map<string, Datatype>([
  ['UINT8', integer(1, 0, 0xff, (data, offset) => data.readUInt8(offset))],
  ['UINT16', integer(2, 0, 0xffff, (data, offset) => data.readUInt16LE(offset))],
  ['UINT32', integer(4, 0, 0xffffffff, (data, offset) => data.readUInt32LE(offset))],
  ['UINT64', integer(8, 0, Number.MAX_SAFE_INTEGER, (data, offset) => data.readBigUInt64LE(offset))],
  ['INT8', integer(1, -0x80, 0x7f, (data, offset) => data.readInt8(offset))],
  ['INT16', integer(2, -0x8000, 0x7fff, (data, offset) => data.readInt16LE(offset))],
  ['INT32', integer(4, -0x80000000, 0x7fffffff, (data, offset) => data.readInt32LE(offset))],
  [
    'INT64',
    integer(8, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER, (data, offset) =>
      data.readBigInt64LE(offset),
    ),
  ],
  ['FP16', { bytes: 2, read: (data, offset) => half(data.readUInt16LE(offset)), fromJson: asHalf }],
  ['BF16', { bytes: 2, read: (data, offset) => float(data.readUInt16LE(offset) << 16), fromJson: asBrain }],
  [
    'FP32',
    { bytes: 4, read: (data, offset) => data.readFloatLE(offset), fromJson: asSingle, singles: copied },
  ],
  ['FP64', { bytes: 8, read: (data, offset) => data.readDoubleLE(offset), fromJson: (value) => value }],
]);

/** The FP32 of exactly the same value, NaN included; undefined if there is none. */
export function exactSingle(value: number | bigint): number | undefined {
  const single = Math.fround(Number(value));
  const exact = typeof value === 'bigint' ? BigInt(single) === value : Object.is(single, value);
  return exact ? single : undefined;
}

/** A JSON number beyond 2^53 may already have lost digits, so it is no element of a 64-bit datatype. */
function integer(bytes: number, minimum: number, maximum: number, read: Datatype['read']): Datatype {
  const fits = (value: number) => Number.isInteger(value) && value >= minimum && value <= maximum;
  return { bytes, read, fromJson: (value) => (fits(value) ? value : undefined) };
}

/** Rounded, because the decimals that people and JSON libraries write are seldom exact in binary. */
function asSingle(value: number): number | undefined {
  const single = Math.fround(value);
  return Number.isFinite(single) ? single : undefined;
}

/** A copy, as the body's bytes may lie at an odd address; in the machine's byte order, which is little-endian. */
function copied(data: Buffer): Float32Array {
  return new Float32Array(data.buffer.slice(data.byteOffset, data.byteOffset + data.length));
}

/** Not rounded: with so few bits that would change what was meant. */
function asHalf(value: number): number | undefined {
  const exact = hasZeroBits(value, 13) && Math.abs(value) <= 65_504 && value % 2 ** -24 === 0;
  return exact ? value : undefined;
}

function asBrain(value: number): number | undefined {
  return hasZeroBits(value, 16) ? value : undefined;
}

const scratch = new DataView(new ArrayBuffer(4));

/** Whether the value is an FP32 whose lowest bits of the fraction are zero. */
function hasZeroBits(value: number, count: number): boolean {
  scratch.setFloat32(0, value);
  return Math.fround(value) === value && scratch.getUint32(0) % 2 ** count === 0;
}

function float(bits: number): number {
  scratch.setInt32(0, bits);
  return scratch.getFloat32(0);
}

/** @see IEEE 754-2008, binary16: a sign, 5 bits of exponent, 10 of fraction */
function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) {
    return fraction === 0 ? sign * Infinity : NaN;
  }
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15));
}
