/** @jest-environment ./packages/service/tests/support/onnx-environment.cjs */
import fc from 'fast-check';
import { faults, OPERATIONS, type Operation } from './support/document';
import { inferenceRequest, PATHS } from './support/inference-requests';
import { PATIENT, service, type Service } from './support/service';

let app: Service;
beforeAll(async () => {
  app = await service();
});
afterAll(() => app.close());

function operation(path: string): Operation {
  const found = OPERATIONS.find((one) => one.method === 'POST' && one.path === path);
  if (!found) {
    throw new Error(`the document has no POST ${path}`);
  }
  return found.operation;
}
const bodySchema = (path: string) => operation(path).requestBody?.content['application/json']?.schema ?? {};

/** Expects a prediction if the body matches the document's schema, and a refusal if not. */
async function agrees(url: string, path: string, body: unknown): Promise<void> {
  const expected = faults(bodySchema(path), body);
  const answer = await app.post(url, body);
  expect({ expected, answer: answer.body, predicted: answer.status === 200 }).toMatchObject({
    predicted: expected.length === 0,
  });
  const { schema = {} } = operation(path).responses[answer.status]?.content['application/json'] ?? {};
  expect(faults(schema, answer.body)).toEqual([]);
}

const value = fc.oneof(
  fc.integer({ min: -1, max: 5 }),
  fc.integer({ max: 700 }),
  fc.double(),
  fc.jsonValue(),
);
const name = fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...Object.keys(PATIENT)) }, fc.string());
const patient = fc.dictionary(name, value, { maxKeys: 2 }).map((wrong) => ({ ...PATIENT, ...wrong }));
const patients = fc.oneof(patient, fc.array(patient, { maxLength: 3 }), fc.jsonValue());

test('POST /predict accepts exactly what the document allows', async () => {
  await fc.assert(
    fc.asyncProperty(patients, (body) => agrees('/predict', '/predict', body)),
    { numRuns: 50 },
  );
});

const row = Object.values(PATIENT);
const numbers = fc.constantFrom<unknown[]>(
  row,
  [row],
  row.slice(1),
  [row, row],
  [...row, ...row],
  [],
  [[]],
  ['63'],
);
const shape = fc.constantFrom<unknown>([1, 10], [2, 10], [10], [0, 10], [1, 9], [1, 10, 1], '1,10', null);
const datatype = fc.constantFrom<unknown>('FP64', 'INT64', 'UINT16', 'BOOL', 'BYTES', 'fp32', 1);
const fields = {
  name: fc.oneof({ weight: 9, arbitrary: fc.constant('features') }, fc.jsonValue()),
  datatype: fc.oneof({ weight: 2, arbitrary: fc.constant('FP32') }, datatype),
  shape: fc.oneof({ weight: 3, arbitrary: fc.constant([1, 10]) }, shape),
  data: fc.oneof({ weight: 3, arbitrary: fc.constant(row) }, numbers),
};
const input = fc.oneof(
  { weight: 3, arbitrary: fc.record(fields) },
  { weight: 1, arbitrary: fc.record(fields, { requiredKeys: ['datatype'] }) },
);
const output = fc.constantFrom<unknown>({ name: 'label' }, { name: 'probability' }, { name: 'other' }, {}, 1);
const inference = fc.record(
  {
    id: fc.oneof(fc.string(), fc.integer()),
    parameters: fc.constantFrom<unknown>({}, { binary_data_output: false }, { binary_data_output: 1 }, 5),
    inputs: fc.oneof({ weight: 9, arbitrary: fc.tuple(input) }, fc.array(input, { maxLength: 2 })),
    outputs: fc.uniqueArray(output, { maxLength: 2, selector: (one) => JSON.stringify(one) }),
  },
  { requiredKeys: ['inputs'] },
);

test('…/infer refuses what the document excludes', async () => {
  let accepted = 0;
  await fc.assert(
    fc.asyncProperty(inference, async (body) => {
      const expected = faults(bodySchema('/v2/models/{model}/infer'), body);
      const { status } = await app.post(PATHS[0], body);
      accepted += status === 200 ? 1 : 0;
      expect({ expected, status }).toMatchObject(expected.length === 0 ? {} : { status: 400 });
    }),
    {
      numRuns: 50,
      examples: [[{ inputs: [{ name: 'features', datatype: 'FP32', shape: [1, 10], data: row }] }]],
    },
  );
  expect(accepted).toBeGreaterThan(0);
});

test.each([1, 2, 1024])('…/infer accepts %d patients, flat and nested, as documented', async (count) => {
  const rows = Array.from({ length: count }, () => row);
  for (const body of [inferenceRequest(rows), inferenceRequest(rows, { data: rows })]) {
    await agrees(PATHS[0], '/v2/models/{model}/infer', body);
  }
});
