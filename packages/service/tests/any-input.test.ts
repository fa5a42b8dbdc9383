/** @jest-environment ./packages/service/tests/support/onnx-environment.cjs */
import fc from 'fast-check';
import { deflateSync, gzipSync } from 'node:zlib';
import type { ErrorBody } from '../src/schemas/error';
import { anyUrlQuery, anyText } from './support/any-text';
import { PATIENT, queryOf, service, type Service } from './support/service';
import { InvalidRequest } from '../src/errors/http-error';
import { splitBody } from '../src/protocol/body';
import { DATATYPES } from '../src/protocol/datatypes';
import { readInference } from '../src/protocol/request';
import { toFloat32 } from '../src/protocol/tensor';
import { inferenceRequest, PATHS, single, withBinary } from './support/inference-requests';

let app: Service;
beforeAll(async () => {
  app = await service();
});
afterAll(() => app.close());

const name = fc.oneof(fc.constantFrom(...Object.keys(PATIENT)), fc.string());
/** A patient with some arbitrary fields. */
const almostPatient = (field: fc.Arbitrary<unknown>) =>
  fc.dictionary(name, field, { maxKeys: 4 }).map((wrong) => ({ ...PATIENT, ...wrong }));
const anyPatient = almostPatient(fc.jsonValue());
const anyQuery = almostPatient(fc.string()).map(queryOf);

test('any JSON body gets a prediction or a 400 with a message', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(fc.jsonValue(), anyPatient, fc.array(anyPatient, { maxLength: 3 })),
      async (body) => {
        const answer = await app.post('/predict', body);
        expect([200, 400]).toContain(answer.status);
        expect(answer.status === 200 || (answer.body as ErrorBody).error.length > 10).toBe(true);
      },
    ),
    { numRuns: 30 },
  );
});

test('any query gets a prediction or a 400', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(anyQuery, anyUrlQuery, fc.string()), async (query) => {
      const { status } = await app.request(`/predict?${query}`);
      expect([200, 400]).toContain(status);
    }),
    { numRuns: 30 },
  );
});

test('every patient within the ranges gets a probability', async () => {
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
  await fc.assert(
    fc.asyncProperty(inRange, async (patient) => {
      const { status, body } = await app.post('/predict', patient);
      const { probability } = body as { probability: number };
      expect(status).toBe(200);
      expect(probability > 0 && probability < 1).toBe(true);
    }),
    { numRuns: 30 },
  );
});

describe('the Open Inference Protocol', () => {
  const row = Object.values(PATIENT);
  const { body: goodBody, headers: goodHeaders } = withBinary([row], single([row]), {});
  const jsonLength = Number(goodHeaders['inference-header-content-length']);

  const length = fc.oneof(fc.constant(jsonLength), fc.integer({ min: -1, max: 300 }), fc.double());
  const datatype = fc.oneof(fc.constantFrom(...DATATYPES.keys(), 'BOOL', 'BYTES', '__proto__'), fc.string());
  const shape = fc.oneof(
    fc.tuple(fc.integer({ min: 0, max: 3 }), fc.constantFrom(10, 9)),
    fc.array(fc.oneof(fc.nat(), fc.maxSafeInteger(), fc.double()), { maxLength: 4 }),
  );
  const parameters = fc.record(
    { binary_data_size: fc.oneof(fc.nat(100), fc.maxSafeInteger()), binary_data: fc.jsonValue() },
    { requiredKeys: [] },
  );
  const input = fc.record(
    {
      name: fc.constantFrom('features', 'features', '__proto__'),
      shape,
      datatype,
      parameters,
      data: fc.oneof(fc.array(fc.double(), { maxLength: 30 }), fc.constant(row), fc.jsonValue()),
    },
    { requiredKeys: ['name', 'shape', 'datatype'] },
  );
  const anyRequest = fc.oneof(
    fc.record(
      {
        id: fc.oneof(anyText, fc.jsonValue()),
        inputs: fc.array(input, { minLength: 1, maxLength: 2 }),
        outputs: fc.oneof(
          fc.array(fc.record({ name: fc.constantFrom('label', 'x'), parameters })),
          fc.jsonValue(),
        ),
        parameters: fc.oneof(parameters, fc.jsonValue()),
      },
      { requiredKeys: ['inputs'] },
    ),
    fc.jsonValue(),
  );
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
  const anyBody = fc.oneof(
    damaged,
    fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
    fc
      .tuple(anyRequest, fc.uint8Array({ maxLength: 90 }))
      .map(([json, binary]) => Buffer.concat([Buffer.from(JSON.stringify(json)), binary])),
  );

  test('any bytes decode to rows of FP32 or are an invalid request', () => {
    fc.assert(
      fc.property(anyBody, fc.option(length, { nil: undefined }), (body, header) => {
        try {
          const split = splitBody(body, header === undefined ? undefined : String(header));
          const inference = readInference(split, 'features', ['probability', 'label']);
          const rows = toFloat32(inference.input, { columns: 10, maxRows: 1024 });
          expect(rows.length % 10).toBe(0);
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidRequest);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('any JSON gets an inference or a 400', async () => {
    await fc.assert(
      fc.asyncProperty(anyRequest, async (body) => {
        const { status } = await app.post(PATHS[0], body);
        expect([200, 400]).toContain(status);
      }),
      { numRuns: 40 },
    );
  });

  test('any bytes, compressed or not, get an inference or a 400, and the next request is answered', async () => {
    const codings = fc.constantFrom<[string, (data: Buffer) => Buffer]>(
      ['identity', (data) => data],
      ['gzip', gzipSync],
      ['deflate', deflateSync],
      ['gzip', (data) => data],
    );
    await fc.assert(
      fc.asyncProperty(anyBody, length, codings, async (bytes, header, [encoding, compress]) => {
        const headers = {
          'inference-header-content-length': String(header),
          'content-encoding': encoding,
          'accept-encoding': encoding,
        };
        const init = { method: 'POST', headers, body: compress(bytes) };
        const response = await fetch(`http://127.0.0.1:${app.port}${PATHS[1]}`, init);
        await response.arrayBuffer();
        expect([200, 400]).toContain(response.status);
      }),
      { numRuns: 50 },
    );
    expect(await app.post(PATHS[0], inferenceRequest([row]))).toMatchObject({ status: 200 });
  });
});
