import fc from 'fast-check';
import { input, type Mutation } from './mutation';

/** What is in a place of JSON where something else should be. */
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

const refused = (name: string, request: NonNullable<Mutation['request']>): Mutation => ({
  name,
  outcome: 'refused',
  request,
});

const shape = fc
  .oneof(
    fc.array(
      fc.oneof(
        fc.nat(2000),
        fc.maxSafeInteger(),
        fc.double(),
        fc.constantFrom(-1, 0, 2 ** 63, 2 ** 64, 1e308),
      ),
      {
        maxLength: 5,
      },
    ),
    fc.array(fc.nat(20), { minLength: 10_000, maxLength: 20_000, size: 'max' }),
  )
  .filter((sizes) => !(sizes.length === 2 && sizes[1] === 10))
  .map((sizes) =>
    refused(
      'shape',
      input((one) => ({ ...one, shape: sizes })),
    ),
  );

const rows = fc
  .constantFrom(0, -1, 1025, 2 ** 31, 2 ** 32, 2 ** 53, 2 ** 62, 2 ** 63, 1.5, 1e308)
  .map((count) =>
    refused(
      'rows',
      input((one) => ({ ...one, shape: [count, 10] })),
    ),
  );

const datatype = fc
  .oneof(
    fc.constantFrom('BOOL', 'BYTES', '', 'fp32', 'FP8', '__proto__', 'constructor', 'toString'),
    fc.string(),
  )
  .map((name) =>
    refused(
      'datatype',
      input((one) => ({ ...one, datatype: `${name}!`.replace(/^(BOOL|BYTES)!$/, '$1') })),
    ),
  );

const otherName = fc
  .oneof(fc.string(), fc.constantFrom('__proto__', 'feature', 'features ', 'x'.repeat(1e5)))
  .filter((name) => name !== 'features')
  .map((name) =>
    refused(
      'name',
      input((one) => ({ ...one, name })),
    ),
  );

const missing = fc.constantFrom('name', 'shape', 'datatype').map((name) =>
  refused(
    `no ${name}`,
    input((one) => ({ ...one, [name]: undefined })),
  ),
);

/** Anything at all in the place of a field of the request or its input. */
const replaced = fc
  .tuple(fc.constantFrom('name', 'shape', 'datatype', 'parameters', 'data'), odd)
  .map(([name, value]): Mutation => ({
    name: `odd ${name}`,
    outcome: 'either',
    request: input((one) => ({ ...one, [name]: value })),
  }));

const replacedAbove = fc
  .tuple(fc.constantFrom('id', 'inputs', 'outputs', 'parameters'), odd)
  .map(([name, value]): Mutation => ({
    name: `odd ${name}`,
    outcome: 'either',
    request: (request) => ({ ...request, [name]: value }),
  }));

const notAnObject = odd
  .filter((value) => typeof value !== 'object' || value === null || !('inputs' in value))
  .map((value) => refused('no request', () => value));

const inputs = fc.constantFrom<Mutation>(
  refused('no inputs', (request) => ({ ...request, inputs: [] })),
  refused('an input twice', (request) => ({ ...request, inputs: [...request.inputs, ...request.inputs] })),
  refused('ten thousand inputs', (request) => ({
    ...request,
    inputs: Array.from({ length: 10_000 }, () => ({ name: 'x', shape: [], datatype: 'FP32', data: [] })),
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
  .map((asked): Mutation => ({
    name: 'outputs',
    outcome: 'either',
    request: (request) => ({ ...request, outputs: asked }),
  }));

const manyOutputs = fc.constant(
  refused('ten thousand outputs', (request) => ({
    ...request,
    outputs: Array.from({ length: 10_000 }, () => ({ name: 'label' })),
  })),
);

const longId = fc.integer({ min: 1_000, max: 400_000 }).map((length): Mutation => ({
  name: 'a long id',
  outcome: 'answered',
  request: (request) => ({ ...request, id: 'é'.repeat(length) }),
}));

/** Faults of the request's fields: the JSON is JSON, but not what it should say. */
export const fields: readonly fc.Arbitrary<Mutation>[] = [
  shape,
  rows,
  datatype,
  otherName,
  missing,
  replaced,
  replacedAbove,
  notAnObject,
  inputs,
  outputs,
  manyOutputs,
  longId,
];
