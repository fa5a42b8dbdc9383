import fc from 'fast-check';
import { DATATYPES, exactSingle } from '../src/protocol/datatypes';

function datatype(name: string) {
  const found = DATATYPES.get(name);
  if (!found) {
    throw new Error(`no datatype ${name}`);
  }
  return found;
}

const bytes = (hex: string) => Buffer.from(hex, 'hex');

test.each([
  ['UINT8', 'ff', 255],
  ['UINT16', 'feff', 65_534],
  ['UINT32', 'feffffff', 4_294_967_294],
  ['UINT64', 'ffffffffffffffff', 18_446_744_073_709_551_615n],
  ['INT8', '80', -128],
  ['INT16', '0080', -32_768],
  ['INT32', '00000080', -2_147_483_648],
  ['INT64', '0000000000000080', -9_223_372_036_854_775_808n],
  ['FP16', '003c', 1],
  ['FP16', '00c0', -2],
  ['FP16', 'ff7b', 65_504],
  ['FP16', '0100', 2 ** -24],
  ['FP16', '0080', -0],
  ['FP16', '007c', Infinity],
  ['FP16', '007e', NaN],
  ['BF16', '803f', 1],
  ['BF16', '49c0', -3.140625],
  ['BF16', '80ff', -Infinity],
  ['BF16', 'c07f', NaN],
  ['FP32', 'db0f4940', Math.fround(Math.PI)],
  ['FP64', '182d4454fb210940', Math.PI],
])('%s reads the little-endian bytes %s as %d', (name, hex, value) => {
  const { read, bytes: size } = datatype(name);
  expect(bytes(hex)).toHaveLength(size);
  expect(read(Buffer.concat([bytes('aa'), bytes(hex)]), 1)).toBe(value);
});

test.each([
  ['UINT8', 256],
  ['UINT8', -1],
  ['UINT16', 1.5],
  ['INT8', 128],
  ['INT64', 2 ** 53],
  ['UINT64', 1e300],
  ['FP16', 65_505],
  ['FP16', 0.1],
  ['FP16', 2 ** -25],
  ['BF16', 257],
  ['FP32', 1e39],
])('%s has no value %d', (name, value) => {
  expect(datatype(name).fromJson(value)).toBeUndefined();
});

test('an FP32 in JSON is rounded, as the decimals of a text have to be', () => {
  expect(datatype('FP32').fromJson(0.1)).toBe(Math.fround(0.1));
});

test.each(['FP16', 'BF16'])('each finite %s that binary can give, JSON can give too', (name) => {
  const { read, fromJson } = datatype(name);
  const value = (bits: number) => read(Buffer.from([bits & 0xff, bits >> 8]), 0) as number;
  const values = Array.from({ length: 2 ** 16 }, (_, bits) => value(bits)).filter(Number.isFinite);
  expect(values.filter((one) => fromJson(one) !== one)).toEqual([]);
  expect(values.filter((one) => exactSingle(one) !== one)).toEqual([]);
});

test('a value becomes FP32 only if that is the same value', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.double(), fc.float(), fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n })),
      (value) => {
        const single = exactSingle(value);
        if (single === undefined) {
          expect(Object.is(Math.fround(Number(value)), value)).toBe(false);
        } else {
          expect(typeof value === 'bigint' ? BigInt(single) : single).toBe(value);
        }
      },
    ),
  );
  expect(exactSingle(2n ** 24n + 1n)).toBeUndefined();
  expect(exactSingle(2n ** 53n + 1n)).toBeUndefined();
  expect(exactSingle(2n ** 63n)).toBe(2 ** 63);
  expect(exactSingle(0.1)).toBeUndefined();
});
