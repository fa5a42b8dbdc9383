import fc from 'fast-check';
import { input, type Mutation } from './mutation';
import { bytesOf } from './tensors';

/** An element that no datatype has, or that is outside the model's ranges. */
const wrong = fc.oneof(
  fc.constantFrom<unknown>(null, true, '63', '', [], [63], {}, 1e308, -1e308, -1, 1e9, 2 ** 53 + 2, 2 ** 64),
  fc.double({ noNaN: true, noDefaultInfinity: true }).filter((value) => value < -0.01 || value > 1000),
);

/** One element of JSON data replaced. */
const element = fc.tuple(fc.nat(), wrong).map(([at, value]): Mutation => ({
  name: 'an element',
  outcome: 'refused',
  needs: { encoding: 'flat' },
  request: input((one) => ({ ...one, data: replaced(one['data'], at, value) })),
}));

const count = fc.constantFrom<Mutation>(
  {
    name: 'an element less',
    outcome: 'refused',
    needs: { encoding: 'flat' },
    request: input((one) => ({ ...one, data: list(one['data']).slice(1) })),
  },
  {
    name: 'an element more',
    outcome: 'refused',
    needs: { encoding: 'flat' },
    request: input((one) => ({ ...one, data: [...list(one['data']), 0] })),
  },
  {
    name: 'a ragged row',
    outcome: 'refused',
    needs: { encoding: 'nested' },
    request: input((one) => ({ ...one, data: [...list(one['data']).slice(1), [1]] })),
  },
  {
    name: 'no data',
    outcome: 'refused',
    needs: { encoding: 'flat' },
    request: input((one) => ({ ...one, data: undefined })),
  },
  {
    name: 'data in both ways',
    outcome: 'refused',
    needs: { encoding: 'binary' },
    request: input((one) => ({ ...one, data: [] })),
  },
);

/** Patterns of bits that are NaN, infinite, negative or huge in one datatype or another. */
const pattern = fc.oneof(
  fc.constantFrom('ff', '7f', '80', 'ffffff7f', '0000807f', '000080ff', '000000000000f07f', '007c', '807f'),
  fc.uint8Array({ minLength: 1, maxLength: 8 }).map((bytes) => Buffer.from(bytes).toString('hex')),
);

/** Binary elements written over. */
const filled = fc.tuple(pattern, fc.nat(), fc.nat(64)).map(([hex, from, length]): Mutation => ({
  name: 'binary elements',
  outcome: 'either',
  needs: { encoding: 'binary' },
  binary: (data) => {
    const start = from % Math.max(1, data.length);
    return Buffer.from(data).fill(hex, start, Math.min(data.length, start + 1 + length), 'hex');
  },
}));

const notANumber = fc.constantFrom('FP16', 'BF16', 'FP32', 'FP64').chain((datatype) =>
  fc.constantFrom('NaN', 'Infinity', '-Infinity').map((name): Mutation => ({
    name,
    outcome: 'refused',
    needs: { encoding: 'binary', datatype },
    binary: (data) => Buffer.concat([special(datatype, Number(name)), data.subarray(bytesOf(datatype))]),
  })),
);

const sizes = fc
  .oneof(fc.constantFrom<unknown>(0, -1, 1e300, 2 ** 53, '40', null, 1.5, true, [], {}), fc.nat(100_000))
  .map((size): Mutation => ({
    name: 'binary_data_size',
    outcome: 'either',
    needs: { encoding: 'binary' },
    request: input((one) => ({ ...one, parameters: { binary_data_size: size } })),
  }));

const length = fc.constantFrom<Mutation>(
  ...[-1, 1, 7].map((growth): Mutation => ({
    name: 'binary data of another length',
    outcome: 'refused',
    needs: { encoding: 'binary' },
    binary: (data) => (growth < 0 ? data.subarray(0, growth) : Buffer.concat([data, Buffer.alloc(growth)])),
  })),
);

/** Faults of a tensor's elements. */
export const elements: readonly fc.Arbitrary<Mutation>[] = [
  element,
  count,
  filled,
  notANumber,
  sizes,
  length,
];

function list(data: unknown): readonly unknown[] {
  return Array.isArray(data) ? data : [];
}

function replaced(data: unknown, at: number, value: unknown): readonly unknown[] {
  const before = list(data);
  return before.map((one, index) => (index === at % before.length ? value : one));
}

/** The FP32's bits cut off, or as FP64. */
function special(datatype: string, value: number): Buffer {
  const data = Buffer.alloc(bytesOf(datatype));
  if (datatype === 'FP64') {
    data.writeDoubleLE(value);
  } else if (datatype === 'FP32') {
    data.writeFloatLE(value);
  } else {
    const [exponent, quiet] = datatype === 'FP16' ? [0x7c00, 0x200] : [0x7f80, 0x40];
    data.writeUInt16LE((value < 0 ? 0x8000 : 0) | exponent | (Number.isNaN(value) ? quiet : 0));
  }
  return data;
}
