/** @jest-environment ./packages/service/tests/onnx-environment.cjs */
import examples from '../model/examples.json';
import { PATIENT, queryOf, service, type Service } from './service';

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
  test.each(examples)('gives the probability that scikit-learn gives: $probability', async (example) => {
    const prediction = (await post(example.patient)) as Prediction;
    expect(Math.abs(prediction.probability - example.probability)).toBeLessThan(1e-6);
    expect(prediction.label).toBe(example.label);
  });

  test('answers a list with a list, in its order', async () => {
    const predictions = (await post(examples.map(({ patient }) => patient))) as Prediction[];
    expect(predictions).toHaveLength(examples.length);
    predictions.forEach(({ probability }, index) => {
      expect(probability).toBeCloseTo(examples[index]?.probability ?? NaN, 6);
    });
  });

  test('answers exactly a label, its meaning and the probability', async () => {
    expect(await post(PATIENT)).toEqual({
      label: 0,
      prediction: 'no heart disease',
      probability: expect.closeTo(0.342277, 5) as number,
    });
  });

  test('takes the fields in any order', async () => {
    expect(await post(Object.fromEntries(Object.entries(PATIENT).reverse()))).toEqual(await post(PATIENT));
  });

  test('labels by the decision threshold', async () => {
    const strict = await service({ DECISION_THRESHOLD: '0.3' });
    const { body } = await strict.post('/predict', PATIENT);
    await strict.close();
    expect(body).toMatchObject({ label: 1, prediction: 'heart disease' });
  });
});

describe('GET /predict', () => {
  test('gives the same prediction as POST for the same numbers as text', async () => {
    const { status, body } = await app.request(`/predict?${queryOf(PATIENT)}`);
    expect(status).toBe(200);
    expect(body).toEqual(await post(PATIENT));
  });

  test('takes every spelling of a number that JSON has', async () => {
    const query = queryOf({ ...PATIENT, age: '6.3e1', chol: '233.0', thalach: '1500E-1' });
    expect((await app.request(`/predict?${query}`)).body).toEqual(await post(PATIENT));
  });
});
