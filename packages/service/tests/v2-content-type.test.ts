/** @jest-environment ./packages/service/tests/onnx-environment.cjs */
import { inferenceRequest, PATHS } from './inference';
import { PATIENT, service, type Service } from './service';

let app: Service;
beforeAll(async () => {
  app = await service();
});
afterAll(() => app.close());

/** KServe's client shows an error's words only if the type is this to the letter. */
test.each<[number, string, unknown]>([
  [200, PATHS[0], inferenceRequest([Object.values(PATIENT)])],
  [400, PATHS[0], {}],
  [404, '/v2/models/other/infer', {}],
  [405, '/v2', {}],
  [400, '/%zz', {}],
])(
  'JSON that answers %d has the Content-Type application/json, with nothing after it',
  async (status, path, body) => {
    const answer = await app.post(path, body);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([status, 'application/json']);
  },
);

test('an unknown model whose name is as long as a URL may be is not found, like any other', async () => {
  const path = `/v2/models/${'x'.repeat(10_000)}`;
  for (const end of ['', '/ready', '/versions/1', '/versions/1/ready']) {
    expect(await app.request(path + end)).toMatchObject({
      status: 404,
      body: { error: expect.any(String) as string },
    });
  }
});
