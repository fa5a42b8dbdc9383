import { request as send, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { madeUp, type MadeUp } from './made-up';
import { PATIENT } from './service';

const UUID = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;

let app: MadeUp;
beforeAll(async () => {
  app = await madeUp();
});
afterAll(() => app.close());

/** The id that the answer has to a request with one; `fetch` would mend the path and refuse some ids. */
async function answered(id: string | undefined, path = '/livez', method = 'GET') {
  const headers = { connection: 'close', ...(id === undefined ? {} : { 'x-request-id': id }) };
  const request = send({ host: '127.0.0.1', port: app.port, path, method, headers }).end();
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  response.resume();
  return { status: response.statusCode, id: response.headers['x-request-id'] };
}

test.each(['7', 'a-b_c.d:e/f+g=h@i', '0af7651916cd43dd8448eb211c80319c', 'x'.repeat(128)])(
  'the answer has the caller’s id %s',
  async (id) => {
    expect((await answered(id)).id).toBe(id);
  },
);

test.each([undefined, '', 'x'.repeat(129), 'a b', 'a,b', '<i>', 'a"b', '{}', 'ü', 'a;b=c', '$(x)'])(
  'in the place of the id %p, the answer has a new one',
  async (id) => {
    expect((await answered(id)).id).toMatch(UUID);
  },
);

test('no two requests get the same id', async () => {
  const answers = await Promise.all(Array.from({ length: 50 }, () => answered(undefined)));
  expect(new Set(answers.map(({ id }) => id)).size).toBe(50);
});

test.each([
  ['GET', '/nope', 404],
  ['DELETE', '/predict', 405],
  ['GET', '/predict?age=5', 400],
  ['GET', '/v2/models/other', 404],
  ['GET', '/%ff', 400],
] as const)('the answer to %s %s has the id too: %i', async (method, path, status) => {
  expect(await answered('mine', path, method)).toEqual({ status, id: 'mine' });
});

test('ids are no part of the prediction', async () => {
  const headers = (id: string) => ({ 'content-type': 'application/json', 'x-request-id': id });
  const predict = async (id: string) =>
    app.request('/predict', { method: 'POST', headers: headers(id), body: JSON.stringify(PATIENT) });
  expect((await predict('1')).body).toEqual((await predict('2')).body);
});
