import fc from 'fast-check';
import type { Fault, Outcome } from './fault';
import type { RequestJson } from './request';

type Fields = Readonly<Record<string, unknown>>;

/** Returns a fault that replaces fields of the request. */
const request = (name: string, outcome: Outcome, change: (request: RequestJson) => Fields): Fault => ({
  name,
  outcome,
  request: (right) => ({ ...right, ...change(right) }),
});

/** Returns a fault that replaces fields of the first input. */
const input = (name: string, outcome: Outcome, fields: Fields, needs: Fault['needs'] = {}): Fault => ({
  ...request(name, outcome, ({ inputs }) => ({ inputs: inputs.map((right) => ({ ...right, ...fields })) })),
  needs,
});

/** A value that does not belong where it stands. */
const odd = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>(null, true, -0, 1e308, 2 ** 53, -1, 0.5, '', '1', [], {}, [[]]),
  fc.constantFrom('__proto__', 'FP32 ', 'features ', 'x'.repeat(1e5)),
);

const dimension = fc.oneof(
  fc.nat(2000),
  fc.maxSafeInteger(),
  fc.double(),
  fc.constantFrom(-1, 2 ** 63, 2 ** 64),
);

const shape = fc.oneof(
  fc.array(dimension, { maxLength: 5 }),
  fc.array(fc.nat(20), { minLength: 10_000, maxLength: 20_000, size: 'max' }),
  fc.tuple(dimension, fc.constant(10)),
);

const parameters = fc.record({ binary_data_size: fc.oneof(fc.nat(100_000), odd) });

const oddInputs = fc
  .oneof(
    fc.tuple(
      fc.constantFrom('name', 'shape', 'datatype', 'parameters', 'data'),
      fc.option(odd, { nil: undefined }),
    ),
    fc.tuple(fc.constant('shape'), shape),
    fc.tuple(fc.constant('parameters'), parameters),
  )
  .map(([field, value]) => input(`odd ${field}`, 'either', { [field]: value }));

const oddRequests = fc
  .tuple(fc.constantFrom('id', 'inputs', 'outputs', 'parameters'), odd)
  .map(([field, value]) => request(`odd ${field}`, 'either', () => ({ [field]: value })));

const noRequests = odd
  .filter((value) => typeof value !== 'object' || value === null || !('inputs' in value))
  .map((value): Fault => ({ name: 'no request', outcome: 'refused', request: () => value }));

const lists = fc.constantFrom(
  request('no inputs', 'refused', () => ({ inputs: [] })),
  request('an input twice', 'refused', ({ inputs }) => ({ inputs: [...inputs, ...inputs] })),
  request('10,000 inputs', 'refused', () => ({
    inputs: Array.from({ length: 10_000 }, () => ({ name: 'x', shape: [], datatype: 'FP32', data: [] })),
  })),
  request('10,000 outputs', 'refused', () => ({ outputs: Array(10_000).fill({ name: 'label' }) })),
  request('a long id', 'answered', () => ({ id: 'é'.repeat(400_000) })),
);

const outputs = fc
  .array(
    fc.record({
      name: fc.constantFrom('probability', 'label', 'nope', '__proto__', ''),
      parameters: fc.dictionary(fc.constantFrom('binary_data', 'classification', 'x'), odd),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((requested) => request('odd outputs', 'either', () => ({ outputs: requested })));

/** Returns a fault of the first input's elements. */
const data = (
  name: string,
  encoding: 'flat' | 'nested',
  change: (data: readonly unknown[]) => unknown,
): Fault => ({
  ...request(name, 'refused', ({ inputs }) => ({
    inputs: inputs.map((right) => ({
      ...right,
      data: change(Array.isArray(right['data']) ? right['data'] : []),
    })),
  })),
  needs: { encoding },
});

/** An element that no datatype has, or that is outside of the model's ranges. */
const wrongElement = fc.oneof(
  fc.constantFrom<unknown>(null, true, '63', '', [], [63], {}, 1e308, -1e308, -1, 1e9, 2 ** 53 + 2, 2 ** 64),
  fc.double({ min: 1000, noNaN: true, noDefaultInfinity: true, minExcluded: true }),
);

const elements = fc
  .tuple(fc.nat(), wrongElement)
  .map(([at, value]) =>
    data('an element', 'flat', (all) => all.map((old, index) => (index === at % all.length ? value : old))),
  );

const counts = fc.constantFrom(
  data('an element less', 'flat', (all) => all.slice(1)),
  data('an element more', 'flat', (all) => [...all, 0]),
  data('a ragged row', 'nested', (all) => [...all.slice(1), [1]]),
  input('data in JSON and binary', 'refused', { data: [] }, { encoding: 'binary' }),
);

/** Faults of the request's fields and elements. */
export const jsonFaults: fc.Arbitrary<Fault> = fc.oneof(
  ...[oddInputs, oddInputs, oddInputs, oddRequests, noRequests],
  ...[elements, elements, counts, lists, outputs],
);
