/** @jest-environment ./packages/service/tests/onnx-environment.cjs */
import { version } from '../package.json';
import { service, type Service } from './service';

let app: Service;
beforeAll(async () => {
  app = await service();
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
])('GET %s answers as the protocol says', async (path, body) => {
  expect(await app.request(path)).toMatchObject({ status: 200, body });
});

const json = { 'content-type': 'application/json' };

test.each<[number, string, string, RequestInit]>([
  [404, 'an unknown model', '/v2/models/other', {}],
  [404, 'an unknown model that is asked whether it is ready', '/v2/models/other/ready', {}],
  [404, 'an unknown version', `${MODEL}/versions/2`, {}],
  [404, 'a version written otherwise', `${MODEL}/versions/1.0/ready`, {}],
  [404, 'a model named as what every object has', '/v2/models/__proto__', {}],
  [404, 'an unknown model of a long name', `/v2/models/${'x'.repeat(5000)}`, {}],
  [404, 'inference by an unknown model', '/v2/models/other/infer', { method: 'POST', body: 'x' }],
  [404, 'inference by an unknown version', `${MODEL}/versions/0/infer`, { method: 'POST', body: 'x' }],
  [404, 'an API that is not there', `${MODEL}/generate`, {}],
  [405, 'GET of inference', `${MODEL}/infer`, {}],
  [405, 'POST of metadata', MODEL, { method: 'POST', body: '{}', headers: json }],
  [400, 'inference without a body', `${MODEL}/infer`, { method: 'POST' }],
  [415, 'a form', `${MODEL}/infer`, { method: 'POST', body: new URLSearchParams({ a: '1' }) }],
  [
    415,
    'a coding that is not known',
    `${MODEL}/infer`,
    { method: 'POST', body: '{}', headers: { ...json, 'content-encoding': 'br' } },
  ],
  [413, 'two megabytes', `${MODEL}/infer`, { method: 'POST', body: ' '.repeat(2 ** 21), headers: json }],
])('%d for %s, and the error says why', async (status, _what, path, init) => {
  const answer = await app.request(path, init);
  expect(answer).toMatchObject({ status, body: { error: expect.stringMatching(/\w+ \w+/) as string } });
});

test('the error of an unknown model names it and the one there is', async () => {
  expect((await app.request('/v2/models/other')).body).toEqual({
    error: 'there is no model "other" here, but heart-disease',
  });
});
