/** @jest-environment ./packages/service/tests/onnx-environment.cjs */
import type { ErrorBody } from '../src/openapi/operation';
import { PATIENT, queryOf, service, type Answer, type Service } from './service';

let app: Service;
beforeAll(async () => {
  app = await service();
});
afterAll(() => app.close());

function problems({ status, body }: Answer): Record<string, string> {
  expect(status).toBe(400);
  const { details = [] } = body as ErrorBody;
  return Object.fromEntries(details.map(({ field, message }) => [field, message]));
}

const refused = async (body: unknown) => problems(await app.post('/predict', body));
const refusedQuery = async (query: string) => problems(await app.request(`/predict?${query}`));

const SEEN = 'a number from 29 to 77, the range seen in training';

test('every wrong field has its own message', async () => {
  const wrong = { ...PATIENT, thal: undefined };
  expect(await refused({ ...wrong, age: '63', cp: 7, exang: 0.5, chol: 1000, ca: true, note: 'x' })).toEqual({
    thal: 'thal is missing: it must be 0 (normal), 1 (fixed defect) or 2 (reversible defect)',
    age: `age must be ${SEEN}, not "63"`,
    cp: 'cp must be 0 (typical angina), 1 (atypical angina), 2 (non-anginal pain) or 3 (asymptomatic), not 7',
    exang: 'exang must be 0 (no) or 1 (yes), not 0.5',
    chol: 'chol must be a number from 126 to 564, the range seen in training, not 1000',
    ca: 'ca must be a whole number from 0 to 3, the range seen in training, not true',
    note: '"note" is not a field: the fields are age, sex, cp, chol, restecg, thalach, exang, slope, ca, thal',
  });
});

test('the error itself is the first message and how many more there are', async () => {
  const { body } = await app.post('/predict', { ...PATIENT, age: 5, sex: 5, ca: 5 });
  expect((body as ErrorBody).error).toBe(`age must be ${SEEN}, not 5 (and 2 more, in details)`);
});

test.each([28, 77.1, -1, null, [], {}, '', 'old'])('age %j is refused, and the range told', async (age) => {
  expect(await refused({ ...PATIENT, age })).toEqual({
    age: `age must be ${SEEN}, not ${JSON.stringify(age)}`,
  });
});

test('a number too large to hold is refused', async () => {
  const body = JSON.stringify({ ...PATIENT, age: 0 }).replace('"age":0', '"age":1e999');
  const headers = { 'content-type': 'application/json' };
  expect(Object.keys(problems(await app.request('/predict', { method: 'POST', headers, body })))).toEqual([
    'age',
  ]);
});

test('in a list, the message says which patient', async () => {
  expect(await refused([PATIENT, { ...PATIENT, age: 100 }])).toEqual({
    '[1].age': `[1].age must be ${SEEN}, not 100`,
  });
});

test.each([0, 1025])('a list of %d patients is refused', async (length) => {
  const list = Array.from({ length }, () => PATIENT);
  expect((await refused(list))['']).toMatch(/^the body must be a list of 1 to 1024 patients/);
});

test.each(['text', 5, true, null])('a body that is %j is told what a patient is', async (body) => {
  expect((await refused(body))['']).toMatch(/^the body must be a patient, an object with age, sex, cp/);
});

test('a request with a thousand faults gets an answer that a person can read', async () => {
  const faults = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`field${index}`, index]));
  expect(Object.keys(await refused(faults))).toHaveLength(20);
});

test.each(['0x3F', '', ' 63', '63 ', '+63', '1e999', 'NaN', 'Infinity', '6_3', '٦٣', '063'])(
  'age=%j in a URL is no number',
  async (age) => {
    expect(await refusedQuery(queryOf({ ...PATIENT, age }))).toEqual({
      age: `age must be ${SEEN}, not ${JSON.stringify(age)}`,
    });
  },
);

test('a parameter given twice is refused', async () => {
  expect(await refusedQuery(`${queryOf(PATIENT)}&age=50`)).toEqual({
    age: `age must be ${SEEN}, not ["63","50"]`,
  });
});
