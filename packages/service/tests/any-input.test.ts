/** @jest-environment ./packages/service/tests/support/onnx-environment.cjs */
import fc from 'fast-check';
import type { ErrorBody } from '../src/schemas/error';
import { anyUrlQuery } from './support/any-text';
import { PATIENT, queryOf, service, type Service } from './support/service';

jest.setTimeout(60_000);

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
    { numRuns: 100 },
  );
});

test('any query gets a prediction or a 400', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(anyQuery, anyUrlQuery, fc.string()), async (query) => {
      const { status } = await app.request(`/predict?${query}`);
      expect([200, 400]).toContain(status);
    }),
    { numRuns: 100 },
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
    { numRuns: 100 },
  );
});
