import examples from '../../../packages/service/model/examples.json';

/** A row of the model's ten features, and what scikit-learn's model says of it; of none for some rows. */
export interface Row {
  readonly values: readonly number[];
  readonly probability?: number;
}

export const ROWS: readonly Row[] = examples.map(({ patient, probability }) => ({
  values: Object.values(patient),
  probability,
}));

/** Its cholesterol is lower than that of nearly all patients, so that INT8 and BF16 hold it. */
const SMALL: Row = { values: [63, 1, 0, 126, 2, 120, 0, 2, 0, 1] };

type Write = (data: Buffer, offset: number, value: number) => void;

/** How the elements of each numeric datatype are written in binary, apart from the service's own code. */
const WRITE: Readonly<Record<string, readonly [bytes: number, Write]>> = {
  UINT8: [1, (data, offset, value) => data.writeUInt8(value, offset)],
  UINT16: [2, (data, offset, value) => data.writeUInt16LE(value, offset)],
  UINT32: [4, (data, offset, value) => data.writeUInt32LE(value, offset)],
  UINT64: [8, (data, offset, value) => data.writeBigUInt64LE(BigInt(value), offset)],
  INT8: [1, (data, offset, value) => data.writeInt8(value, offset)],
  INT16: [2, (data, offset, value) => data.writeInt16LE(value, offset)],
  INT32: [4, (data, offset, value) => data.writeInt32LE(value, offset)],
  INT64: [8, (data, offset, value) => data.writeBigInt64LE(BigInt(value), offset)],
  FP16: [2, (data, offset, value) => data.writeUInt16LE(halfOfWhole(value), offset)],
  BF16: [2, (data, offset, value) => data.writeUInt16LE(highHalf(value), offset)],
  FP32: [4, (data, offset, value) => data.writeFloatLE(value, offset)],
  FP64: [8, (data, offset, value) => data.writeDoubleLE(value, offset)],
};

export const DATATYPES = Object.keys(WRITE);

/** The largest whole number up to which the datatype has every one. */
const MOST: Readonly<Record<string, number>> = { UINT8: 255, INT8: 127, BF16: 256, FP16: 2048 };

/** The rows that a datatype can hold. */
export function rowsFor(datatype: string): readonly Row[] {
  const fitting = ROWS.filter(({ values }) => values.every((value) => value <= (MOST[datatype] ?? Infinity)));
  return fitting.length > 0 ? fitting : [SMALL];
}

export function bytesOf(datatype: string): number {
  return WRITE[datatype]?.[0] ?? 4;
}

/** The values in little-endian order; of a datatype that is not known, as FP32. */
export function encode(datatype: string, values: readonly number[]): Buffer {
  const [bytes, write] = WRITE[datatype] ?? [4, (data, offset, value) => data.writeFloatLE(value, offset)];
  const data = Buffer.alloc(values.length * bytes);
  values.forEach((value, index) => {
    write(data, index * bytes, value);
  });
  return data;
}

/** Of a whole number from 0 to 2048. @see IEEE 754-2008, binary16 */
function halfOfWhole(value: number): number {
  if (value === 0) {
    return 0;
  }
  const exponent = Math.floor(Math.log2(value));
  return ((exponent + 15) << 10) | ((value / 2 ** exponent - 1) * 1024);
}

/** BF16 is the higher half of an FP32. */
function highHalf(value: number): number {
  const single = Buffer.alloc(4);
  single.writeFloatBE(value);
  return single.readUInt16BE();
}
