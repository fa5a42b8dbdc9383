import fc from 'fast-check';
import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { version } from '../package.json';
import { inferenceRequest, PATHS } from './support/inference-requests';
import { serviceWithFakeModel } from './support/fake-model';
import { PATIENT, type Service } from './support/service';
import { Overloaded } from '../src/errors/http-error';
import { acceptedCoding, compressed, decompressed } from '../src/protocol/compression';

let app: Service;
beforeAll(async () => {
  app = await serviceWithFakeModel();
});
afterAll(() => app.close());

const MODEL = '/v2/models/heart-disease';
const METADATA = {
  name: 'heart-disease',
  versions: ['1'],
  platform: 'onnx_onnxv1',
  inputs: [{ name: 'features', datatype: 'FP32', shape: [-1, 10] }],
  outputs: [
    { name: 'probability', datatype: 'FP32', shape: [-1] },
    { name: 'label', datatype: 'INT64', shape: [-1] },
  ],
};
const SERVER = { name: 'online-inference', version, extensions: ['binary_tensor_data'] };

test.each<[string, object]>([
  ['/v2', SERVER],
  ['/v2/', SERVER],
  ['/v2/health/live', { live: true }],
  ['/v2/health/ready', { live: true, ready: true }],
  [MODEL, METADATA],
  [`${MODEL}/versions/1`, METADATA],
  [`${MODEL}/ready`, { name: 'heart-disease', ready: true }],
  [`${MODEL}/versions/1/ready`, { name: 'heart-disease', ready: true }],
])('GET %s answers as the protocol specifies', async (path, body) => {
  expect(await app.request(path)).toMatchObject({ status: 200, body });
});

const json = { 'content-type': 'application/json' };

test.each<[number, string, string, RequestInit]>([
  [404, 'an unknown model', '/v2/models/other', {}],
  [404, 'the readiness of an unknown model', '/v2/models/other/ready', {}],
  [404, 'an unknown version', `${MODEL}/versions/2`, {}],
  [404, 'a version in another notation', `${MODEL}/versions/1.0/ready`, {}],
  [404, 'a model named __proto__', '/v2/models/__proto__', {}],
  [404, 'inference by an unknown model', '/v2/models/other/infer', { method: 'POST', body: 'x' }],
  [404, 'inference by an unknown version', `${MODEL}/versions/0/infer`, { method: 'POST', body: 'x' }],
  [404, 'an API that does not exist', `${MODEL}/generate`, {}],
  [405, 'GET of inference', `${MODEL}/infer`, {}],
  [405, 'POST of metadata', MODEL, { method: 'POST', body: '{}', headers: json }],
  [400, 'inference without a body', `${MODEL}/infer`, { method: 'POST' }],
  [415, 'a form', `${MODEL}/infer`, { method: 'POST', body: new URLSearchParams({ a: '1' }) }],
  [
    415,
    'an unknown content coding',
    `${MODEL}/infer`,
    { method: 'POST', body: '{}', headers: { ...json, 'content-encoding': 'br' } },
  ],
  [413, '2 MiB', `${MODEL}/infer`, { method: 'POST', body: ' '.repeat(2 ** 21), headers: json }],
])('%d with a message for %s', async (status, _what, path, init) => {
  const answer = await app.request(path, init);
  expect(answer).toMatchObject({ status, body: { error: expect.stringMatching(/\w+ \w+/) as string } });
});

test('the error for an unknown model names both models', async () => {
  expect((await app.request('/v2/models/other')).body).toEqual({
    error: 'unknown model "other"; this server has heart-disease',
  });
});

/** KServe's client shows an error only if the whole Content-Type matches. */
test.each<[number, string, unknown]>([
  [200, PATHS[0], inferenceRequest([Object.values(PATIENT)])],
  [400, PATHS[0], {}],
  [404, '/v2/models/other/infer', {}],
  [405, '/v2', {}],
  [400, '/%zz', {}],
])('%d has the Content-Type application/json without a charset', async (status, path, body) => {
  const answer = await app.post(path, body);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([status, 'application/json']);
});

test('404 for an unknown model whose name is as long as a URL allows', async () => {
  const path = `/v2/models/${'x'.repeat(10_000)}`;
  for (const end of ['', '/ready', '/versions/1', '/versions/1/ready']) {
    expect(await app.request(path + end)).toMatchObject({
      status: 404,
      body: { error: expect.any(String) as string },
    });
  }
});

test.each(['gzip', 'deflate'] as const)('%s decompresses to the original', async (coding) => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array(), async (content) => {
      const body = Buffer.from(content);
      expect(await decompressed(await compressed(body, coding), coding.toUpperCase(), 1000)).toEqual(body);
    }),
    { numRuns: 30 },
  );
});

test.each([
  ['gzip', gzipSync],
  ['deflate', deflateSync],
])('refuses a %s bomb at the limit, and accepts what just fits', async (coding, compress) => {
  const zeros = (count: number) => compress(Buffer.alloc(count));
  await expect(decompressed(zeros(5_000_000), coding, 1000)).rejects.toMatchObject({
    statusCode: 413,
    message: 'the body decompresses to more than 1000 bytes',
  });
  await expect(decompressed(zeros(1001), coding, 1000)).rejects.toMatchObject({ statusCode: 413 });
  expect(await decompressed(zeros(1000), coding, 1000)).toHaveLength(1000);
});

test.each([
  [400, 'gzip', Buffer.from('not compressed')],
  [400, 'gzip', gzipSync('cut short').subarray(0, 15)],
  [400, 'gzip', Buffer.alloc(0)],
  [400, 'deflate', deflateRawSync('without the header of zlib')],
  [415, 'br', Buffer.from('x')],
  [415, 'gzip, gzip', gzipSync(gzipSync('x'))],
  [415, '', Buffer.from('x')],
])('%d for Content-Encoding %s with data that does not match', async (statusCode, encoding, body) => {
  await expect(decompressed(body, encoding, 1000)).rejects.toMatchObject({ statusCode });
});

test('refuses a body that has waited too long for its decompression', async () => {
  const now = jest.spyOn(performance, 'now').mockReturnValueOnce(0).mockReturnValue(1001);
  await expect(decompressed(gzipSync('x'), 'gzip', 1000)).rejects.toEqual(new Overloaded('waited_too_long'));
  now.mockRestore();
  expect(String(await decompressed(gzipSync('x'), 'gzip', 1000))).toBe('x');
});

test.each([
  [undefined, undefined],
  ['', undefined],
  ['gzip', 'gzip'],
  ['deflate', 'deflate'],
  ['GZip;q=0.5, Deflate;Q=0.9', 'deflate'],
  ['gzip, deflate, br', 'gzip'],
  ['*', 'gzip'],
  ['gzip;q=0, *', 'deflate'],
  ['gzip;q=0', undefined],
  ['identity, gzip;q=0.5', undefined],
  ['br', undefined],
  ['gzip;q=x', undefined],
  ['__proto__', undefined],
])('Accept-Encoding %s selects %s', (header, coding) => {
  expect(acceptedCoding(header)).toBe(coding);
});
