/** @jest-environment ./packages/service/tests/support/onnx-environment.cjs */
import { Type } from '@sinclair/typebox';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import examples from '../model/examples.json';
import type { ErrorBody } from '../src/schemas/error';
import { PATIENT, queryOf, service, type Answer, type Service } from './support/service';
import { parseCard } from '../src/model/card';
import { patientSchema, patientsOf, rowsCheck, rowsOf } from '../src/schemas/patient';
import { validator } from '../src/validation';

interface Prediction {
  readonly label: number;
  readonly prediction: string;
  readonly probability: number;
}

let app: Service;
beforeAll(async () => {
  app = await service();
});
afterAll(() => app.close());

const post = async (body: unknown) => (await app.post('/predict', body)).body;

describe('POST /predict', () => {
  test.each(examples)('returns scikit-learn’s probability $probability', async (example) => {
    const prediction = (await post(example.patient)) as Prediction;
    expect(Math.abs(prediction.probability - example.probability)).toBeLessThan(1e-6);
    expect(prediction.label).toBe(example.label);
  });

  test('answers a list with a list in the same order', async () => {
    const predictions = (await post(examples.map(({ patient }) => patient))) as Prediction[];
    expect(predictions).toHaveLength(examples.length);
    predictions.forEach(({ probability }, index) => {
      expect(probability).toBeCloseTo(examples[index]?.probability ?? NaN, 6);
    });
  });

  test('returns label, prediction and probability', async () => {
    expect(await post(PATIENT)).toEqual({
      label: 0,
      prediction: 'no heart disease',
      probability: expect.closeTo(0.342277, 5) as number,
    });
  });

  test('accepts the fields in any order', async () => {
    expect(await post(Object.fromEntries(Object.entries(PATIENT).reverse()))).toEqual(await post(PATIENT));
  });

  test('the label follows the decision threshold', async () => {
    const strict = await service({ DECISION_THRESHOLD: '0.3' });
    const { body } = await strict.post('/predict', PATIENT);
    await strict.close();
    expect(body).toMatchObject({ label: 1, prediction: 'heart disease' });
  });
});

describe('GET /predict', () => {
  test('returns the same prediction as POST', async () => {
    const { status, body } = await app.request(`/predict?${queryOf(PATIENT)}`);
    expect(status).toBe(200);
    expect(body).toEqual(await post(PATIENT));
  });

  test('accepts every JSON notation of a number', async () => {
    const query = queryOf({ ...PATIENT, age: '6.3e1', chol: '233.0', thalach: '1500E-1' });
    expect((await app.request(`/predict?${query}`)).body).toEqual(await post(PATIENT));
  });
});

function problems({ status, body }: Answer): Record<string, string> {
  expect(status).toBe(400);
  const { details = [] } = body as ErrorBody;
  return Object.fromEntries(details.map(({ field, message }) => [field, message]));
}

const refused = async (body: unknown) => problems(await app.post('/predict', body));
const refusedQuery = async (query: string) => problems(await app.request(`/predict?${query}`));

const RANGE = 'a number from 29 to 77, the range of the training data';

test('each invalid field has its own message', async () => {
  const wrong = { ...PATIENT, thal: undefined };
  expect(await refused({ ...wrong, age: '63', cp: 7, exang: 0.5, chol: 1000, ca: true, note: 'x' })).toEqual({
    thal: 'thal is missing; it must be 0 (normal), 1 (fixed defect) or 2 (reversible defect)',
    age: `age must be ${RANGE}, not "63"`,
    cp: 'cp must be 0 (typical angina), 1 (atypical angina), 2 (non-anginal pain) or 3 (asymptomatic), not 7',
    exang: 'exang must be 0 (no) or 1 (yes), not 0.5',
    chol: 'chol must be a number from 126 to 564, the range of the training data, not 1000',
    ca: 'ca must be an integer from 0 to 3, the range of the training data, not true',
    note: '"note" is not a known field; the known fields are age, sex, cp, chol, restecg, thalach, exang, slope, ca, thal',
  });
});

test('the error is the first message and the number of others', async () => {
  const { body } = await app.post('/predict', { ...PATIENT, age: 5, sex: 5, ca: 5 });
  expect((body as ErrorBody).error).toBe(`age must be ${RANGE}, not 5 (and 2 more; see details)`);
});

test.each([28, 77.1, -1, null, [], {}, '', 'old'])('refuses age %j and names the range', async (age) => {
  expect(await refused({ ...PATIENT, age })).toEqual({
    age: `age must be ${RANGE}, not ${JSON.stringify(age)}`,
  });
});

test('refuses a number too large for a double', async () => {
  const body = JSON.stringify({ ...PATIENT, age: 0 }).replace('"age":0', '"age":1e999');
  const headers = { 'content-type': 'application/json' };
  expect(Object.keys(problems(await app.request('/predict', { method: 'POST', headers, body })))).toEqual([
    'age',
  ]);
});

test('in a list, the message names the patient’s index', async () => {
  expect(await refused([PATIENT, { ...PATIENT, age: 100 }])).toEqual({
    '[1].age': `[1].age must be ${RANGE}, not 100`,
  });
});

test.each([0, 1025])('refuses a list of %d patients', async (length) => {
  const list = Array.from({ length }, () => PATIENT);
  expect((await refused(list))['']).toMatch(/^the body must be a list of 1 to 1024 patients/);
});

test.each(['text', 5, true, null])('refuses the body %j and describes a patient', async (body) => {
  expect((await refused(body))['']).toMatch(/^the body must be a patient, an object with age, sex, cp/);
});

test('lists at most 20 of 1,000 problems', async () => {
  const faults = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`field${index}`, index]));
  expect(Object.keys(await refused(faults))).toHaveLength(20);
});

test.each(['0x3F', '', ' 63', '63 ', '+63', '1e999', 'NaN', 'Infinity', '6_3', '٦٣', '063'])(
  'refuses age=%j in a URL',
  async (age) => {
    expect(await refusedQuery(queryOf({ ...PATIENT, age }))).toEqual({
      age: `age must be ${RANGE}, not ${JSON.stringify(age)}`,
    });
  },
);

test('refuses a repeated parameter', async () => {
  expect(await refusedQuery(`${queryOf(PATIENT)}&age=50`)).toEqual({
    age: `age must be ${RANGE}, not ["63","50"]`,
  });
});

describe('rows', () => {
  const card = parseCard(readFileSync(join(__dirname, '..', 'model', 'heart-disease.json'), 'utf8'));
  const schema = patientSchema(card);
  const fit = rowsCheck(schema);
  const check = validator(Type.Array(schema));

  const nearBy = fc.oneof(
    fc.integer({ min: -2, max: 600 }),
    fc.float(),
    fc.constantFrom(-0, NaN, Infinity, 0.5, 77.00001),
  );
  /** A patient with up to two changed features, mostly just inside or outside the range. */
  const row = fc
    .array(fc.tuple(fc.constantFrom(...Object.keys(PATIENT)), nearBy), { maxLength: 2 })
    .map((changes) => rowsOf([{ ...PATIENT, ...Object.fromEntries(changes) }], card));

  test('rows are valid if and only if their patients match the schema', () => {
    const seen = { fit: 0, unfit: 0 };
    const property = fc.property(fc.array(row, { minLength: 1, maxLength: 3 }), (given) => {
      const rows = Float32Array.from(given.flatMap((one) => [...one]));
      const fits = !('error' in check(patientsOf(rows, card)));
      seen[fits ? 'fit' : 'unfit'] += 1;
      expect(fit(rows)).toBe(fits);
    });
    fc.assert(property, { numRuns: 500 });
    expect(Math.min(seen.fit, seen.unfit)).toBeGreaterThan(50);
  });
});
