import { once } from 'node:events';
import { request as send, type IncomingMessage } from 'node:http';
import { serviceWithFakeModel, type FakeModelService, type LogLine } from './support/fake-model';
import { PATIENT, queryOf } from './support/service';

describe('request ids', () => {
  const UUID = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;

  let app: FakeModelService;
  beforeAll(async () => {
    app = await serviceWithFakeModel();
  });
  afterAll(() => app.close());

  /** Returns status and id of a response. `fetch` would normalize the path and reject some ids. */
  async function answered(id: string | undefined, path = '/livez', method = 'GET') {
    const headers = { connection: 'close', ...(id === undefined ? {} : { 'x-request-id': id }) };
    const request = send({ host: '127.0.0.1', port: app.port, path, method, headers }).end();
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    response.resume();
    return { status: response.statusCode, id: response.headers['x-request-id'] };
  }

  test.each(['7', 'a-b_c.d:e/f+g=h@i', '0af7651916cd43dd8448eb211c80319c', 'x'.repeat(128)])(
    'returns the caller’s id %s',
    async (id) => {
      expect((await answered(id)).id).toBe(id);
    },
  );

  test.each([undefined, '', 'x'.repeat(129), 'a b', 'a,b', '<i>', 'a"b', '{}', 'ü', 'a;b=c', '$(x)'])(
    'replaces the invalid id %p',
    async (id) => {
      expect((await answered(id)).id).toMatch(UUID);
    },
  );

  test('gives each request a different id', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => answered(undefined)));
    expect(new Set(answers.map(({ id }) => id)).size).toBe(50);
  });

  test.each([
    ['GET', '/nope', 404],
    ['DELETE', '/predict', 405],
    ['GET', '/predict?age=5', 400],
    ['GET', '/v2/models/other', 404],
    ['GET', '/%ff', 400],
  ] as const)('returns the id for %s %s with status %i', async (method, path, status) => {
    expect(await answered('mine', path, method)).toEqual({ status, id: 'mine' });
  });
});

describe('request log', () => {
  const TRACE = '0af7651916cd43dd8448eb211c80319c';
  const headers = {
    'content-type': 'application/json',
    'x-request-id': 'mine',
    traceparent: `00-${TRACE}-b7ad6b7169203331-01`,
  };
  const ids = { request_id: 'mine', trace_id: TRACE, trace_flags: '01' };

  let app: FakeModelService;
  afterEach(() => app.close());

  async function predict(body: unknown = PATIENT) {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return app.request('/predict', { method: 'POST', headers, body: text });
  }

  /** Returns all lines; the line of a request follows its response. */
  async function lines(): Promise<readonly LogLine[]> {
    await app.close();
    return app.lines;
  }

  const boom = () => Promise.reject(new Error('boom'));

  test('logs every request with its ids at level debug', async () => {
    app = await serviceWithFakeModel('debug');
    await predict();
    expect(await lines()).toContainEqual(
      expect.objectContaining({ ...ids, msg: 'request', method: 'POST', path: '/predict', status: 200 }),
    );
  });

  test('logs no successful request at level info', async () => {
    app = await serviceWithFakeModel('info');
    await predict();
    expect(app.lines).toEqual([]);
  });

  test('logs an internal error with ids and stack, and hides it from the client', async () => {
    app = await serviceWithFakeModel('info', boom);
    expect(await predict()).toMatchObject({ status: 500, body: { error: 'internal error' } });
    const stack = expect.stringContaining('boom') as unknown;
    const err = expect.objectContaining({ message: 'boom', stack }) as unknown;
    expect(app.lines).toEqual([
      expect.objectContaining({ ...ids, level: 'error', method: 'POST', path: '/predict', err }),
    ]);
  });

  test('lines of one request share a span; two requests have two spans', async () => {
    app = await serviceWithFakeModel('debug', boom);
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

  test('logs a refused request with its ids and the reason', async () => {
    app = await serviceWithFakeModel('info');
    await predict({ ...PATIENT, age: 5, sex: 7 });
    await app.request('/v2/models/other', { headers });
    const refused = { ...ids, level: 'info', msg: 'request refused' };
    expect(app.lines).toEqual([
      expect.objectContaining({ ...refused, status: 400, path: '/predict', reason: 'invalid: age, sex' }),
      expect.objectContaining({
        ...refused,
        status: 404,
        reason: 'unknown model "other"; this server has heart-disease',
      }),
    ]);
  });

  test('logs no values of the patient', async () => {
    app = await serviceWithFakeModel('debug', boom);
    const patient = { ...PATIENT, chol: 343 };
    await app.request(`/predict?${queryOf(patient)}`);
    await app.request(`/predict?${queryOf({ ...patient, age: 5 })}`);
    await predict(patient);
    await predict({ ...patient, age: 5, chol: '343' });
    await predict('{"chol":343');
    const logged = (await lines()).map(({ msg, level, method, path, reason }) =>
      JSON.stringify({ msg, level, method, path, reason }),
    );
    expect(logged).toHaveLength(10);
    expect(logged.join('\n')).not.toContain('343');
  });

  test('logs at most ten refused requests per second, and counts the others in the next line', async () => {
    const clock = jest.spyOn(Date, 'now').mockReturnValue(1_000_000);
    app = await serviceWithFakeModel('info');
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
});
