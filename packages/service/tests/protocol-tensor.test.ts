import { DATATYPES } from '../src/protocol/datatypes';
import { singles } from '../src/protocol/tensor';

const LIMITS = { columns: 10, mostRows: 2 };
const ROWS = [
  [63, 1, 0, 120, 2, 71, 0, 2, 0, 1],
  [29, 0, 3, 127, 0, 126, 1, 1, 3, 0],
];

test.each<[string, (data: Buffer, value: number) => void]>([
  ['UINT8', (data, value) => data.writeUInt8(value)],
  ['UINT16', (data, value) => data.writeUInt16LE(value)],
  ['UINT32', (data, value) => data.writeUInt32LE(value)],
  ['UINT64', (data, value) => data.writeBigUInt64LE(BigInt(value))],
  ['INT8', (data, value) => data.writeInt8(value)],
  ['INT16', (data, value) => data.writeInt16LE(value)],
  ['INT32', (data, value) => data.writeInt32LE(value)],
  ['INT64', (data, value) => data.writeBigInt64LE(BigInt(value))],
  ['FP32', (data, value) => data.writeFloatLE(value)],
  ['FP64', (data, value) => data.writeDoubleLE(value)],
])('%s in binary gives the same rows as in JSON, flat or nested', (datatype, write) => {
  const binary = ROWS.flat().map((value) => {
    const data = Buffer.alloc(DATATYPES.get(datatype)?.bytes ?? 0);
    write(data, value);
    return data;
  });
  const rows = (elements: readonly unknown[] | Buffer) =>
    Array.from(singles({ name: 'features', datatype, shape: [2, 10], elements }, LIMITS));
  expect(rows(Buffer.concat(binary))).toEqual(ROWS.flat());
  expect(rows(ROWS.flat())).toEqual(ROWS.flat());
  expect(rows(ROWS)).toEqual(ROWS.flat());
});

test('a 64-bit number that FP32 cannot hold is refused, however near it is', () => {
  const elements = Buffer.alloc(80);
  elements.writeBigInt64LE(2n ** 53n + 1n);
  const tensor = { name: 'features', datatype: 'INT64', shape: [1, 10], elements };
  expect(() => singles(tensor, LIMITS)).toThrow(
    'input features, element 0, is the INT64 9007199254740993, which FP32 cannot hold without loss',
  );
});
