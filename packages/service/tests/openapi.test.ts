/** @jest-environment ./packages/service/tests/onnx-environment.cjs */
import committed from '../openapi.json';
import { DOCUMENT, faults, OPERATIONS } from './document';
import { appWithPage } from './page';
import { pathOf } from './protocol';
import { listening, type Service } from './service';

let app: Service;
beforeAll(async () => {
  app = await listening(await appWithPage());
});
afterAll(() => app.close());

test('the committed document is the one that is served: npm run openapi --workspace app', async () => {
  expect((await app.request('/openapi.json')).body).toEqual(committed);
});

test('the document is valid OpenAPI 3.1', async () => {
  const { Validator } = await import('@seriousme/openapi-schema-validator');
  const { valid, errors } = await new Validator().validate(structuredClone(committed));
  expect({ valid, errors }).toEqual({ valid: true, errors: undefined });
});

test('the document tells of every route that is served, and of no other', async () => {
  const routes = (await servedRoutes()).filter((route) => !route.includes('/docs/')).sort();
  const told = OPERATIONS.map(({ method, path }) => `${method} ${path.replace(/\{(\w+)\}/g, ':$1')}`).sort();
  expect(told.length).toBeGreaterThan(15);
  expect(told).toEqual(routes);
});

/** As Fastify's router prints its tree: `GET /v2/models/:model`, without HEAD. */
async function servedRoutes(): Promise<string[]> {
  const fastify = await appWithPage();
  await fastify.ready();
  const lines = fastify.printRoutes({ commonPrefix: false }).split('\n');
  await fastify.close();
  const parents: string[] = [];
  return lines.flatMap((line) => {
    const [, indent = '', part = '', methods = ''] = /^([│├└─ ]*)(\S+) \((.*)\)$/.exec(line) ?? [];
    const depth = indent.length / 4;
    parents[depth] = `${parents[depth - 1] ?? ''}${part}`;
    const url = parents[depth].replace(/^\/(?=\/)/, '');
    return methods
      .split(', ')
      .filter((method) => method !== 'HEAD' && method !== '')
      .map((method) => `${method} ${url}`);
  });
}

const examples = OPERATIONS.flatMap(({ method, path, operation }) => {
  const { parameters = [], requestBody, responses } = operation;
  const bodies = [requestBody, ...Object.values(responses)].flatMap((one) =>
    Object.values(one?.content ?? {}),
  );
  return [...parameters, ...bodies]
    .filter(({ example }) => example !== undefined)
    .map(({ schema, example }) => ({ operation: `${method} ${path}`, schema, example }));
});

test('every example fits its schema', () => {
  expect(examples.length).toBeGreaterThan(15);
  const wrong = examples.filter(({ schema, example }) => faults(schema, example).length > 0);
  expect(wrong).toEqual([]);
});

test.each(OPERATIONS)(
  '$method $path answers its example as the document says',
  async ({ method, path, operation }) => {
    const { parameters = [], requestBody, responses } = operation;
    const url = pathOf(path, operation);
    const query = parameters
      .filter((one) => one.in === 'query')
      .map(({ name, example }): [string, string] => [name, String(example)]);
    const sent = requestBody?.content['application/json']?.example;
    const response = await fetch(
      `http://127.0.0.1:${app.port}${url}?${new URLSearchParams(query).toString()}`,
      {
        method,
        ...(sent === undefined
          ? {}
          : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(sent) }),
      },
    );
    expect(response.status).toBe(200);
    const [type = ''] = (response.headers.get('content-type') ?? '').split(';');
    const { schema, example } = responses['200']?.content[type] ?? { schema: { not: {} } };
    const text = await response.text();
    const answer: unknown = type === 'application/json' ? JSON.parse(text) : text;
    expect(faults(schema, answer)).toEqual([]);
    if (example !== undefined) {
      expect(rounded(answer)).toEqual(rounded(example));
    }
  },
);

/** The model computes in single precision, training in double. */
function rounded(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_, one: unknown) =>
    typeof one === 'number' ? Number(one.toFixed(6)) : one,
  ) as unknown;
}

test('a client that has the document gets 304', async () => {
  const { headers } = await app.request('/openapi.json');
  const again = await app.request('/openapi.json', {
    headers: { 'if-none-match': `"other", W/${headers.get('etag') ?? ''}` },
  });
  expect(again).toMatchObject({ status: 304, body: undefined });
  expect(await app.request('/openapi.json', { headers: { 'if-none-match': '"other"' } })).toMatchObject({
    status: 200,
  });
});

test('the document holds no word of the schemas’ own, which only errors use', () => {
  expect(JSON.stringify(DOCUMENT)).not.toMatch(/"allowed":|"\$id":/);
});
