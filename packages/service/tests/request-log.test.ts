import { madeUp, type LogLine, type MadeUp } from './made-up';
import { PATIENT, queryOf } from './service';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const headers = {
  'content-type': 'application/json',
  'x-request-id': 'mine',
  traceparent: `00-${TRACE}-b7ad6b7169203331-01`,
};
const ids = { request_id: 'mine', trace_id: TRACE, trace_flags: '01' };

let app: MadeUp;
afterEach(() => app.close());

async function predict(body: unknown = PATIENT) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return app.request('/predict', { method: 'POST', headers, body: text });
}

/** Every line: that of a request comes when its answer is gone. */
async function lines(): Promise<readonly LogLine[]> {
  await app.close();
  return app.lines;
}

const boom = () => Promise.reject(new Error('boom'));

test('every request is a line at level debug, with its ids', async () => {
  app = await madeUp('debug');
  await predict();
  expect(await lines()).toContainEqual(
    expect.objectContaining({ ...ids, msg: 'request', method: 'POST', path: '/predict', status: 200 }),
  );
});

test('no request that is answered is a line at level info', async () => {
  app = await madeUp('info');
  await predict();
  expect(app.lines).toEqual([]);
});

test('a fault is logged as an error with its ids and stack, and not told to the client', async () => {
  app = await madeUp('info', boom);
  expect(await predict()).toMatchObject({ status: 500, body: { error: 'internal error' } });
  const stack = expect.stringContaining('boom') as unknown;
  const err = expect.objectContaining({ message: 'boom', stack }) as unknown;
  expect(app.lines).toEqual([
    expect.objectContaining({ ...ids, level: 'error', method: 'POST', path: '/predict', err }),
  ]);
});

test('two lines of one request have one span, those of two requests have two', async () => {
  app = await madeUp('debug', boom);
  await predict();
  await predict();
  const spans = (await lines())
    .filter(({ request_id }) => request_id === 'mine')
    .map(({ span_id }) => span_id);
  expect(spans).toHaveLength(4);
  expect(spans[0]).toBe(spans[1]);
  expect(spans[2]).toBe(spans[3]);
  expect(spans[0]).not.toBe(spans[2]);
});

test('a refused request is logged with its ids and the reason', async () => {
  app = await madeUp('info');
  await predict({ ...PATIENT, age: 5, sex: 7 });
  await app.request('/v2/models/other', { headers });
  const refused = { ...ids, level: 'info', msg: 'request refused' };
  expect(app.lines).toEqual([
    expect.objectContaining({ ...refused, status: 400, path: '/predict', reason: 'invalid: age, sex' }),
    expect.objectContaining({
      ...refused,
      status: 404,
      reason: 'there is no model "other" here, but heart-disease',
    }),
  ]);
});

test('the log tells nothing of the patient', async () => {
  app = await madeUp('debug', boom);
  const patient = { ...PATIENT, chol: 343 };
  await app.request(`/predict?${queryOf(patient)}`);
  await app.request(`/predict?${queryOf({ ...patient, age: 5 })}`);
  await predict(patient);
  await predict({ ...patient, age: 5, chol: '343' });
  await predict('{"chol":343');
  const told = (await lines()).map(({ msg, level, method, path, reason }) =>
    JSON.stringify({ msg, level, method, path, reason }),
  );
  expect(told).toHaveLength(10);
  expect(told.join('\n')).not.toContain('343');
});

test('many refused requests are ten lines a second, of which the next tells how many are left out', async () => {
  const clock = jest.spyOn(Date, 'now').mockReturnValue(1_000_000);
  app = await madeUp('info');
  for (let count = 0; count < 25; count++) {
    await app.request('/nope');
  }
  expect(app.lines).toHaveLength(10);
  clock.mockReturnValue(1_001_000);
  await app.request('/nope');
  await app.request('/nope');
  expect(app.lines.slice(10).map(({ unlogged }) => unlogged)).toEqual([15, undefined]);
  clock.mockRestore();
});
