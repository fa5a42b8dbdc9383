/** @jest-environment ./packages/service/tests/support/onnx-environment.cjs */
import fc from 'fast-check';
import { deflateSync, gzipSync } from 'node:zlib';
import { DATATYPES } from '../src/protocol/datatypes';
import { faults, OPERATIONS } from './support/document';
import { inferenceRequest, PATHS, single, withBinary } from './support/inference-requests';
import { PATIENT, queryOf, service, type Service } from './support/service';

let app: Service;
beforeAll(async () => {
  app = await service();
});
afterAll(() => app.close());

const INFER = '/v2/models/{model}/infer';

/** Posts a body. Returns the status, and what the document says against the body and against the answer. */
async function posted(url: string, path: string, body: unknown) {
  const { operation } = OPERATIONS.find((one) => one.method === 'POST' && one.path === path) ?? {};
  const json = (content: { content: Readonly<Record<string, { schema: object }>> } | undefined) =>
    content?.content['application/json']?.schema ?? { not: {} };
  const { status, body: answer } = await app.post(url, body);
  expect(faults(json(operation?.responses[status]), answer)).toEqual([]);
  return { status, excluded: faults(json(operation?.requestBody), body) };
}

describe('/predict', () => {
  const value = fc.oneof(
    fc.integer({ min: -1, max: 5 }),
    fc.integer({ max: 700 }),
    fc.double(),
    fc.jsonValue(),
  );
  const name = fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...Object.keys(PATIENT)) }, fc.string());
  const almost = (wrong: fc.Arbitrary<unknown>) =>
    fc.dictionary(name, wrong, { maxKeys: 2 }).map((changed) => ({ ...PATIENT, ...changed }));
  const patient = almost(value);
  const inRange = fc.record({
    age: fc.integer({ min: 29, max: 77 }),
    sex: fc.integer({ min: 0, max: 1 }),
    cp: fc.integer({ min: 0, max: 3 }),
    chol: fc.double({ min: 126, max: 564, noNaN: true }),
    restecg: fc.integer({ min: 0, max: 2 }),
    thalach: fc.integer({ min: 71, max: 202 }),
    exang: fc.integer({ min: 0, max: 1 }),
    slope: fc.integer({ min: 0, max: 2 }),
    ca: fc.integer({ min: 0, max: 3 }),
    thal: fc.integer({ min: 0, max: 2 }),
  });

  test('POST predicts exactly the patients that the document allows, and refuses any other JSON with 400', async () => {
    const body = fc.oneof(inRange, patient, fc.array(patient, { maxLength: 3 }), fc.jsonValue());
    await fc.assert(
      fc.asyncProperty(body, async (sent) => {
        const { status, excluded } = await posted('/predict', '/predict', sent);
        expect({ status, excluded }).toMatchObject({ status: excluded.length === 0 ? 200 : 400 });
      }),
      { numRuns: 80 },
    );
  });

  test('any query gets a prediction or a 400', async () => {
    const query = fc.oneof(almost(fc.string()).map(queryOf), fc.webQueryParameters(), fc.string());
    await fc.assert(
      fc.asyncProperty(query, async (sent) => {
        const { status } = await app.request(`/predict?${sent}`);
        expect([200, 400]).toContain(status);
      }),
      { numRuns: 30 },
    );
  });
});

describe('the Open Inference Protocol', () => {
  const row = Object.values(PATIENT);
  const often = (right: unknown, wrong: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
    fc.oneof({ weight: 3, arbitrary: fc.constant(right) }, { weight: 1, arbitrary: wrong });

  const shapes = fc.oneof(
    fc.constantFrom<unknown>([2, 10], [10], [0, 10], [1, 9], [1, 10, 1], '1,10', null),
    fc.array(fc.oneof(fc.nat(), fc.maxSafeInteger(), fc.double()), { maxLength: 4 }),
  );
  const datatypes = fc.constantFrom<unknown>(...DATATYPES.keys(), 'BOOL', 'BYTES', 'fp32', '__proto__', 1);
  const data = fc.oneof(
    fc.constantFrom<unknown>([row], row.slice(1), [row, row], [...row, ...row], [], [[]], ['63']),
    fc.array(fc.double(), { maxLength: 30 }),
    fc.jsonValue(),
  );
  // An output that is asked for in binary would not be JSON.
  const flag = fc.jsonValue().filter((any) => any !== true);
  const parameters = fc.record(
    {
      binary_data_size: fc.oneof(fc.nat(100), fc.maxSafeInteger()),
      binary_data: flag,
      binary_data_output: flag,
    },
    { requiredKeys: [] },
  );
  const input = fc.record(
    {
      datatype: often('FP32', datatypes),
      name: often('features', fc.jsonValue()),
      shape: often([1, 10], shapes),
      data: often(row, data),
      parameters,
    },
    { requiredKeys: ['datatype', 'name', 'shape'] },
  );
  const output = fc.oneof(
    fc.record({ name: fc.constantFrom('label', 'probability', 'other'), parameters }, { requiredKeys: [] }),
    fc.jsonValue(),
  );
  const request = fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record(
        {
          id: fc.oneof(fc.string({ unit: 'binary' }), fc.jsonValue()),
          inputs: fc.oneof({ weight: 9, arbitrary: fc.tuple(input) }, fc.array(input, { maxLength: 2 })),
          outputs: fc.array(output, { maxLength: 2 }),
          parameters: fc.oneof(parameters, fc.jsonValue()),
        },
        { requiredKeys: ['inputs'] },
      ),
    },
    { weight: 1, arbitrary: fc.jsonValue() },
  );

  test('any JSON gets an inference or a 400, and a 400 if the document excludes it', async () => {
    const statuses = new Set<number>();
    await fc.assert(
      fc.asyncProperty(request, async (body) => {
        const { status, excluded } = await posted(PATHS[0], INFER, body);
        statuses.add(status);
        expect({ excluded, allowed: excluded.length === 0 ? [200, 400] : [400] }).toMatchObject({
          allowed: expect.arrayContaining([status]) as number[],
        });
      }),
      { numRuns: 80, examples: [[inferenceRequest([row])]] },
    );
    expect([...statuses].sort()).toEqual([200, 400]);
  });

  test.each([1, 2, 1024])('%d patients, flat and nested, are allowed and answered', async (count) => {
    const rows = Array.from({ length: count }, () => row);
    for (const body of [inferenceRequest(rows), inferenceRequest(rows, { data: rows })]) {
      expect(await posted(PATHS[0], INFER, body)).toEqual({ status: 200, excluded: [] });
    }
  });

  const { body: goodBody, headers: goodHeaders } = withBinary([row], single([row]), {});
  const jsonLength = Number(goodHeaders['inference-header-content-length']);
  const length = fc.oneof(fc.constant(jsonLength), fc.integer({ min: -1, max: 300 }), fc.double());
  /** The good body with some bytes overwritten, and its end cut off or extended. */
  const damaged = fc
    .tuple(
      fc.array(fc.tuple(fc.nat(goodBody.length - 1), fc.nat(255)), { maxLength: 3 }),
      fc.integer({ min: -3, max: 3 }),
    )
    .map(([changes, growth]) => {
      const body = Buffer.concat([goodBody, Buffer.alloc(3)]).subarray(0, goodBody.length + growth);
      changes.forEach(([at, byte]) => at < body.length && body.writeUInt8(byte, at));
      return body;
    });
  const bytes = fc.oneof(
    damaged,
    fc.uint8Array({ maxLength: 300 }).map((any) => Buffer.from(any)),
    fc
      .tuple(request, fc.uint8Array({ maxLength: 90 }))
      .map(([json, binary]) => Buffer.concat([Buffer.from(JSON.stringify(json)), binary])),
  );

  test('any bytes, compressed or not, get an inference or a 400, and the next request is answered', async () => {
    const codings = fc.constantFrom<[string, (data: Buffer) => Buffer]>(
      ['identity', (data) => data],
      ['gzip', gzipSync],
      ['deflate', deflateSync],
      ['gzip', (data) => data],
    );
    await fc.assert(
      fc.asyncProperty(bytes, length, codings, async (any, header, [encoding, compress]) => {
        const headers = {
          'inference-header-content-length': String(header),
          'content-encoding': encoding,
          'accept-encoding': encoding,
        };
        const init = { method: 'POST', headers, body: compress(any) };
        const response = await fetch(`http://127.0.0.1:${app.port}${PATHS[1]}`, init);
        await response.arrayBuffer();
        expect([200, 400]).toContain(response.status);
      }),
      { numRuns: 200 },
    );
    expect(await app.post(PATHS[0], inferenceRequest([row]))).toMatchObject({ status: 200 });
  });
});
