/** The encoding of a numeric datatype of the protocol, in binary and in JSON. */
export interface Datatype {
  /** Size of one element, in bytes. */
  readonly bytes: number;
  /** Reads the element at an offset of little-endian data. */
  readonly read: (data: Buffer, offset: number) => number | bigint;
  /** Converts a JSON number to an element; undefined if the datatype cannot represent it. */
  readonly fromJson: (value: number) => number | undefined;
  /** Reads all elements at once; only FP32 needs no conversion. */
  readonly readAll?: (data: Buffer) => Float32Array;
}

/**
 * The datatypes that convert to the model's FP32 input. BOOL and BYTES are not numeric.
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
  [
    'FP16',
    { bytes: 2, read: (data, offset) => halfFromBits(data.readUInt16LE(offset)), fromJson: exactHalf },
  ],
  [
    'BF16',
    {
      bytes: 2,
      read: (data, offset) => singleFromBits(data.readUInt16LE(offset) << 16),
      fromJson: exactBrainFloat,
    },
  ],
  [
    'FP32',
    { bytes: 4, read: (data, offset) => data.readFloatLE(offset), fromJson: roundedSingle, readAll: copied },
  ],
  ['FP64', { bytes: 8, read: (data, offset) => data.readDoubleLE(offset), fromJson: (value) => value }],
]);

/** Returns the FP32 of exactly the same value, including NaN; undefined if there is none. */
export function exactSingle(value: number | bigint): number | undefined {
  const single = Math.fround(Number(value));
  const exact = typeof value === 'bigint' ? BigInt(single) === value : Object.is(single, value);
  return exact ? single : undefined;
}

/** 64-bit integers end at 2^53 here: beyond it, parsing JSON may already have lost digits. */
function integer(bytes: number, minimum: number, maximum: number, read: Datatype['read']): Datatype {
  const fits = (value: number) => Number.isInteger(value) && value >= minimum && value <= maximum;
  return { bytes, read, fromJson: (value) => (fits(value) ? value : undefined) };
}

/** Rounds, because decimals are seldom exact in binary. */
function roundedSingle(value: number): number | undefined {
  const single = Math.fround(value);
  return Number.isFinite(single) ? single : undefined;
}

/** Copies, because the body's bytes may be unaligned. Every platform of ONNX Runtime is little-endian. */
function copied(data: Buffer): Float32Array {
  return new Float32Array(data.buffer.slice(data.byteOffset, data.byteOffset + data.length));
}

/** Does not round: with 10 bits of fraction, rounding would change the value noticeably. */
function exactHalf(value: number): number | undefined {
  const exact = hasZeroBits(value, 13) && Math.abs(value) <= 65_504 && value % 2 ** -24 === 0;
  return exact ? value : undefined;
}

function exactBrainFloat(value: number): number | undefined {
  return hasZeroBits(value, 16) ? value : undefined;
}

const scratch = new DataView(new ArrayBuffer(4));

/** Checks that the value is an FP32 whose lowest fraction bits are zero. */
function hasZeroBits(value: number, count: number): boolean {
  scratch.setFloat32(0, value);
  return Math.fround(value) === value && scratch.getUint32(0) % 2 ** count === 0;
}

function singleFromBits(bits: number): number {
  scratch.setInt32(0, bits);
  return scratch.getFloat32(0);
}

/** @see IEEE 754-2008, binary16: 1 sign bit, 5 exponent bits, 10 fraction bits */
function halfFromBits(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) {
    return fraction === 0 ? sign * Infinity : NaN;
  }
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15));
}
