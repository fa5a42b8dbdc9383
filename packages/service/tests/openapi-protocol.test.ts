/** @jest-environment ./packages/service/tests/onnx-environment.cjs */
import { faults, OPERATIONS } from './document';
import { pathOf, PROTOCOL, PROTOCOL_ERROR } from './protocol';
import { service, type Service } from './service';

let app: Service;
beforeAll(async () => {
  app = await service();
});
afterAll(() => app.close());

test.each(PROTOCOL)(
  '$method $path of the protocol is in the document, and its answer is as the protocol demands',
  async ({ method, path, request, answer }) => {
    const told = OPERATIONS.find((one) => one.method === method && one.path === path);
    expect(told).toBeDefined();
    const url = pathOf(path, told?.operation ?? {});
    const { status, body } = request ? await app.post(url, request) : await app.request(url);
    expect({ status, faults: faults(answer, body) }).toEqual({ status: 200, faults: [] });
  },
);

test('the document tells of no route under /v2 that the protocol lacks', () => {
  const ours = OPERATIONS.filter(({ path }) => path.startsWith('/v2'));
  const known = PROTOCOL.map(({ method, path }) => `${method} ${path}`);
  expect(ours.map(({ method, path }) => `${method} ${path}`).filter((one) => !known.includes(one))).toEqual(
    [],
  );
});

const MODEL = '/v2/models/heart-disease';

test.each<[number, string, RequestInit]>([
  [404, '/v2/models/other', {}],
  [404, `${MODEL}/versions/2/ready`, {}],
  [400, `${MODEL}/infer`, { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } }],
  [415, `${MODEL}/infer`, { method: 'POST', body: '{}', headers: { 'content-type': 'text/plain' } }],
  [405, `${MODEL}/infer`, {}],
])('%d of %s has the protocol’s error body', async (status, path, init) => {
  const answer = await app.request(path, init);
  expect({ status: answer.status, faults: faults(PROTOCOL_ERROR, answer.body) }).toEqual({
    status,
    faults: [],
  });
});
