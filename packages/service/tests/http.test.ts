import { text } from 'node:stream/consumers';
import { serviceWithFakeModel } from './support/fake-model';
import { PATIENT, type Service } from './support/service';

let app: Service;
beforeAll(async () => {
  app = await serviceWithFakeModel('silent', undefined, { BUILD: 'test-build' });
});
afterAll(() => app.close());

const json = { 'content-type': 'application/json' };
const body = JSON.stringify(PATIENT);

test('GET / returns name, version, build, model and documentation', async () => {
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

test('GET /auc returns the AUC of the model card', async () => {
  expect((await app.request('/auc')).body).toMatchObject({ auc: 0.913, standardDeviation: 0.0492 });
});

test.each<[number, string, string, RequestInit]>([
  [404, 'an unknown path', '/nope', {}],
  [404, 'an unknown path with an invalid body', '/nope', { method: 'POST', body: 'x' }],
  [405, 'a known path with another method', '/predict', { method: 'DELETE' }],
  [405, 'another method for the metrics', '/metrics', { method: 'POST' }],
  [405, 'a method that Fastify does not route', '/health', { method: 'PROPFIND' }],
  [405, 'a known path with another method and an invalid body', '/auc', { method: 'POST', body: 'x' }],
  [400, 'an undecodable path', '/%zz', {}],
  [400, 'broken JSON', '/predict', { method: 'POST', headers: json, body: '{"age":' }],
  [400, 'no body', '/predict', { method: 'POST' }],
  [400, 'an empty body', '/predict', { method: 'POST', headers: json, body: '' }],
  [400, 'a __proto__ key', '/predict', { method: 'POST', headers: json, body: '{"__proto__":{"age":1}}' }],
  [
    400,
    'JSON nested 100,000 levels deep',
    '/predict',
    { method: 'POST', headers: json, body: '['.repeat(1e5) },
  ],
  [
    400,
    'a field nested 100,000 levels deep',
    '/predict',
    { method: 'POST', headers: json, body: `{"age":${'['.repeat(1e5)}${']'.repeat(1e5)}}` },
  ],
  [415, 'a form', '/predict', { method: 'POST', body: new URLSearchParams({ age: '63' }) }],
  [
    415,
    'JSON sent as text/plain',
    '/predict',
    { method: 'POST', headers: { 'content-type': 'text/plain' }, body },
  ],
  [415, 'an invalid content type', '/predict', { method: 'POST', headers: { 'content-type': 'x' }, body }],
  [413, '2 MiB', '/predict', { method: 'POST', headers: json, body: ' '.repeat(2 ** 21) }],
])('%d with a message for %s', async (status, _what, path, init) => {
  const answer = await app.request(path, init);
  expect(answer).toMatchObject({ status, body: { error: expect.stringMatching(/\w+ \w+/) as string } });
  expect(Object.keys(answer.body as object).filter((key) => key !== 'details')).toEqual(['error']);
});

test('405 lists the allowed methods', async () => {
  const { headers } = await app.request('/predict', { method: 'DELETE' });
  expect(headers.get('allow')).toBe('GET, HEAD, POST');
});

test.each([
  ['400', 'bytes that are not HTTP', 'hello\r\n\r\n'],
  ['431', 'a header of 100 kB', `GET / HTTP/1.1\r\nhost: x\r\nx: ${'x'.repeat(1e5)}\r\n\r\n`],
])('%s with the usual error body for %s', async (status, _what, bytes) => {
  const [head = '', content = ''] = (await text(await app.connect(bytes))).split('\r\n\r\n');
  expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  expect(JSON.parse(content)).toEqual({
    error: expect.stringMatching(/^not a valid HTTP request/) as string,
  });
});

async function answerTo(...headers: string[]): Promise<string> {
  const lines = ['POST /predict HTTP/1.1', 'content-type: application/json', ...headers, 'connection: close'];
  return text(await app.connect(`${lines.join('\r\n')}\r\ncontent-length: ${body.length}\r\n\r\n${body}`));
}

test.each([
  [400, 'two Hosts', ['host: x', 'host: y']],
  [400, 'the same Host twice', ['host: x', 'host: x']],
  [417, 'an unknown expectation', ['host: x', 'expect: the-unexpected']],
])('%i with an error body and a request id for %s', async (status, _what, headers) => {
  const answer = await answerTo(...headers);
  expect(answer).toMatch(
    new RegExp(`^HTTP/1.1 ${status} [^]*\r\nx-request-id: [^]*\r\n\r\n{"error":"[^"]+"}$`),
  );
  expect(answer).toContain('content-type: application/json\r\n');
  expect(await app.metrics()).toContain(
    `rest_server_requests_total{method="POST",path="/predict",status_code="${status}"}`,
  );
});

test('answers Expect: 100-continue with 100, then with the prediction', async () => {
  const answer = await answerTo('host: x', 'expect: 100-continue');
  expect(answer).toMatch(/^HTTP\/1.1 100 Continue\r\n\r\nHTTP\/1.1 200 /);
});

test('accepts a Host with a port', async () => {
  expect(await answerTo('host: [::1]:8000')).toMatch(/^HTTP\/1.1 200 /);
});
