import fc from 'fast-check';
import { inputFault, type Fault, type Outcome } from './fault';

const FLAT = { encoding: 'flat' } as const;
const BINARY = { encoding: 'binary' } as const;

const listOf = (data: unknown): readonly unknown[] => (Array.isArray(data) ? data : []);

/** A value that does not belong where it stands. */
const odd = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>(
    null,
    true,
    -0,
    1e308,
    2 ** 53,
    -1,
    0.5,
    '',
    '1',
    [],
    {},
    [[]],
    [[[]]],
    'x'.repeat(1e5),
  ),
);

const requestFault = (
  name: string,
  request: NonNullable<Fault['request']>,
  outcome: Outcome = 'refused',
): Fault => ({
  name,
  outcome,
  request,
});

const shapes = fc
  .oneof(
    fc.array(
      fc.oneof(
        fc.nat(2000),
        fc.maxSafeInteger(),
        fc.double(),
        fc.constantFrom(-1, 0, 2 ** 63, 2 ** 64, 1e308),
      ),
      { maxLength: 5 },
    ),
    fc.array(fc.nat(20), { minLength: 10_000, maxLength: 20_000, size: 'max' }),
    fc
      .constantFrom(0, -1, 1025, 2 ** 31, 2 ** 32, 2 ** 53, 2 ** 62, 2 ** 63, 1.5, 1e308)
      .map((rows) => [rows, 10]),
  )
  .filter(
    ([rows, columns, ...others]) =>
      others.length > 0 || columns !== 10 || !(Number(rows) >= 1 && Number(rows) <= 1024),
  )
  .map((shape) => inputFault('shape', (input) => ({ ...input, shape })));

const datatypes = fc
  .oneof(
    fc.constantFrom('BOOL', 'BYTES'),
    fc.oneof(fc.constantFrom('', 'fp32', '__proto__'), fc.string()).map((name) => `${name}!`),
  )
  .map((datatype) => inputFault('datatype', (input) => ({ ...input, datatype })));

const names = fc
  .oneof(fc.string(), fc.constantFrom('__proto__', 'feature', 'features ', 'x'.repeat(1e5)))
  .filter((name) => name !== 'features')
  .map((name) => inputFault('name', (input) => ({ ...input, name })));

const missing = fc
  .constantFrom('name', 'shape', 'datatype')
  .map((field) => inputFault(`no ${field}`, (input) => ({ ...input, [field]: undefined })));

const oddInputs = fc
  .tuple(fc.constantFrom('name', 'shape', 'datatype', 'parameters', 'data'), odd)
  .map(([field, value]) => inputFault(`odd ${field}`, (input) => ({ ...input, [field]: value }), 'either'));

const oddRequests = fc
  .tuple(fc.constantFrom('id', 'inputs', 'outputs', 'parameters'), odd)
  .map(([field, value]) =>
    requestFault(`odd ${field}`, (request) => ({ ...request, [field]: value }), 'either'),
  );

const noRequests = odd
  .filter((value) => typeof value !== 'object' || value === null || !('inputs' in value))
  .map((value) => requestFault('no request', () => value));

const lists = fc.constantFrom(
  requestFault('no inputs', (request) => ({ ...request, inputs: [] })),
  requestFault('an input twice', (request) => ({
    ...request,
    inputs: [...request.inputs, ...request.inputs],
  })),
  requestFault('10,000 inputs', (request) => ({
    ...request,
    inputs: Array.from({ length: 10_000 }, () => ({ name: 'x', shape: [], datatype: 'FP32', data: [] })),
  })),
  requestFault('10,000 outputs', (request) => ({
    ...request,
    outputs: Array.from({ length: 10_000 }, () => ({ name: 'label' })),
  })),
);

const outputs = fc
  .array(
    fc.record(
      {
        name: fc.constantFrom('probability', 'label', 'nope', '__proto__', ''),
        parameters: fc.dictionary(
          fc.constantFrom('binary_data', 'classification', 'shared_memory_region', 'x'),
          odd,
        ),
      },
      { requiredKeys: ['name'] },
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((asked) => requestFault('outputs', (request) => ({ ...request, outputs: asked }), 'either'));

const longIds = fc
  .integer({ min: 1_000, max: 400_000 })
  .map((length) =>
    requestFault('a long id', (request) => ({ ...request, id: 'é'.repeat(length) }), 'answered'),
  );

/** An element that no datatype has, or that is outside of the model's ranges. */
const wrongElement = fc.oneof(
  fc.constantFrom<unknown>(null, true, '63', '', [], [63], {}, 1e308, -1e308, -1, 1e9, 2 ** 53 + 2, 2 ** 64),
  fc.double({ noNaN: true, noDefaultInfinity: true }).filter((value) => value < -0.01 || value > 1000),
);

const elements = fc.tuple(fc.nat(), wrongElement).map(([at, value]) =>
  inputFault(
    'an element',
    (input) => {
      const data = listOf(input['data']);
      return { ...input, data: data.map((old, index) => (index === at % data.length ? value : old)) };
    },
    'refused',
    FLAT,
  ),
);

const dataOf = (name: string, needs: Fault['needs'], change: (data: readonly unknown[]) => unknown): Fault =>
  inputFault(name, (input) => ({ ...input, data: change(listOf(input['data'])) }), 'refused', needs);

const counts = fc.constantFrom(
  dataOf('an element less', FLAT, (data) => data.slice(1)),
  dataOf('an element more', FLAT, (data) => [...data, 0]),
  dataOf('a ragged row', { encoding: 'nested' }, (data) => [...data.slice(1), [1]]),
  dataOf('no data', FLAT, () => undefined),
  dataOf('data in JSON and binary', BINARY, () => []),
);

const binarySizes = fc
  .oneof(fc.constantFrom<unknown>(0, -1, 1e300, 2 ** 53, '40', null, 1.5, true, [], {}), fc.nat(100_000))
  .map((size) =>
    inputFault(
      'binary_data_size',
      (input) => ({ ...input, parameters: { binary_data_size: size } }),
      'either',
      BINARY,
    ),
  );

/** Faults of the request's fields: JSON that does not say what it should. */
export const fieldFaults: readonly fc.Arbitrary<Fault>[] = [
  ...[shapes, datatypes, names, missing, oddInputs, oddRequests, noRequests, lists, outputs, longIds],
];

/** Faults of the elements and their number. */
export const elementFaults: readonly fc.Arbitrary<Fault>[] = [elements, counts, binarySizes];
