/** @jest-environment ./packages/service/tests/onnx-environment.cjs */
import { once } from 'node:events';
import { connect } from 'node:net';
import { PATIENT, service, type Service } from './service';

let app: Service;
beforeAll(async () => {
  app = await service({ BUILD: 'test-build' });
});
afterAll(() => app.close());

const json = { 'content-type': 'application/json' };
const body = JSON.stringify(PATIENT);

test('GET / tells the name, version, build, model and where it is documented', async () => {
  expect((await app.request('/')).body).toEqual({
    name: 'online-inference',
    version: expect.stringMatching(/^\d+\.\d+\.\d+$/) as string,
    build: 'test-build',
    model: expect.objectContaining({ name: 'heart-disease', version: '1' }) as object,
    documentation: { page: '/docs', openapi: '/openapi.json' },
  });
});

test.each(['/livez', '/readyz', '/health'])('GET %s answers ok', async (path) => {
  expect(await app.request(path)).toMatchObject({ status: 200, body: { status: 'ok' } });
});

test('GET /auc gives the figure of the model card', async () => {
  expect((await app.request('/auc')).body).toMatchObject({ auc: 0.913, standardDeviation: 0.0492 });
});

test.each<[number, string, string, RequestInit]>([
  [404, 'an unknown path', '/nope', {}],
  [404, 'an unknown path, whatever its body is', '/nope', { method: 'POST', body: 'x' }],
  [405, 'a known path with another method', '/predict', { method: 'DELETE' }],
  [405, 'another method for the metrics', '/metrics', { method: 'POST' }],
  [405, 'a method that Fastify has no routes for', '/health', { method: 'PROPFIND' }],
  [405, 'a known path with another method, whatever its body is', '/auc', { method: 'POST', body: 'x' }],
  [400, 'a path that cannot be decoded', '/%zz', {}],
  [400, 'broken JSON', '/predict', { method: 'POST', headers: json, body: '{"age":' }],
  [400, 'no body', '/predict', { method: 'POST' }],
  [400, 'an empty body', '/predict', { method: 'POST', headers: json, body: '' }],
  [
    400,
    'an attack on prototypes',
    '/predict',
    { method: 'POST', headers: json, body: '{"__proto__":{"age":1}}' },
  ],
  [
    400,
    'JSON a hundred thousand levels deep',
    '/predict',
    { method: 'POST', headers: json, body: '['.repeat(1e5) },
  ],
  [
    400,
    'a field that is a list of a hundred thousand levels',
    '/predict',
    { method: 'POST', headers: json, body: `{"age":${'['.repeat(1e5)}${']'.repeat(1e5)}}` },
  ],
  [415, 'a form', '/predict', { method: 'POST', body: new URLSearchParams({ age: '63' }) }],
  [
    415,
    'JSON that says it is text',
    '/predict',
    { method: 'POST', headers: { 'content-type': 'text/plain' }, body },
  ],
  [
    415,
    'a content type that is none',
    '/predict',
    { method: 'POST', headers: { 'content-type': 'x' }, body },
  ],
  [413, 'two megabytes', '/predict', { method: 'POST', headers: json, body: ' '.repeat(2 ** 21) }],
])('%d for %s, and the error says why', async (status, _what, path, init) => {
  const answer = await app.request(path, init);
  expect(answer).toMatchObject({ status, body: { error: expect.stringMatching(/\w+ \w+/) as string } });
  expect(Object.keys(answer.body as object).filter((key) => key !== 'details')).toEqual(['error']);
});

test('405 says which methods are allowed', async () => {
  const { headers } = await app.request('/predict', { method: 'DELETE' });
  expect(headers.get('allow')).toBe('GET, HEAD, POST');
});

test.each([
  ['400', 'no HTTP at all', 'hello\r\n\r\n'],
  ['431', 'a header of 100 kB', `GET / HTTP/1.1\r\nhost: x\r\nx: ${'x'.repeat(1e5)}\r\n\r\n`],
])('%s for %s, with the same error body', async (status, _what, bytes) => {
  const socket = connect(app.port, '127.0.0.1');
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  socket.write(bytes);
  await once(socket, 'end');
  socket.destroy();
  const [head = '', content = ''] = Buffer.concat(chunks).toString().split('\r\n\r\n');
  expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  expect(JSON.parse(content)).toEqual({ error: expect.stringMatching(/^not an HTTP request/) as string });
});
