/** @jest-environment ./packages/service/tests/support/onnx-environment.cjs */
import committed from '../openapi.json';
import { DOCUMENT, faults, OPERATIONS } from './support/document';
import { packagedApp, queryOf, service, type Service } from './support/service';

let app: Service;
beforeAll(async () => {
  app = await service();
});
afterAll(() => app.close());

test('the committed document matches the served one (npm run openapi --workspace packages/service)', async () => {
  expect((await app.request('/openapi.json')).body).toEqual(committed);
});

test('the document is valid OpenAPI 3.1', async () => {
  const { Validator } = await import('@seriousme/openapi-schema-validator');
  const { valid, errors } = await new Validator().validate(structuredClone(committed));
  expect({ valid, errors }).toEqual({ valid: true, errors: undefined });
});

test('the document lists exactly the served routes', async () => {
  const routes = (await servedRoutes()).filter((route) => !route.includes('/docs/')).sort();
  const documented = OPERATIONS.map(
    ({ method, path }) => `${method} ${path.replace(/\{(\w+)\}/g, ':$1')}`,
  ).sort();
  expect(documented.length).toBeGreaterThan(15);
  expect(documented).toEqual(routes);
});

/** Reads the routes from the tree that Fastify's router prints, such as `GET /v2/models/:model`, without HEAD. */
async function servedRoutes(): Promise<string[]> {
  const fastify = await packagedApp();
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

test('every example matches its schema', () => {
  expect(examples.length).toBeGreaterThan(15);
  const wrong = examples.filter(({ schema, example }) => faults(schema, example).length > 0);
  expect(wrong).toEqual([]);
});

test.each(OPERATIONS)(
  '$method $path answers its example as documented',
  async ({ method, path, operation }) => {
    const { parameters = [], requestBody, responses } = operation;
    const inPath = parameters.filter((one) => one.in === 'path');
    const url = inPath.reduce(
      (filled, { name, schema }) => filled.replace(`{${name}}`, (schema as { const: string }).const),
      path,
    );
    const inQuery = parameters.filter((one) => one.in === 'query');
    const query = queryOf(Object.fromEntries(inQuery.map(({ name, example }) => [name, example])));
    const sent = requestBody?.content['application/json']?.example;
    const response = await fetch(`http://127.0.0.1:${app.port}${url}?${query}`, {
      method,
      ...(sent !== undefined && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(sent),
      }),
    });
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

/** Rounds, because the model computes in single precision and training in double. */
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

test('the document contains no keyword that only error messages use', () => {
  expect(JSON.stringify(DOCUMENT)).not.toMatch(/"allowed":|"\$id":/);
});

/** @see https://github.com/kserve/open-inference-protocol/blob/main/specification/protocol/inference_rest.md */
const MODEL = '/v2/models/{model}';
const PROTOCOL = [
  ...['/v2', '/v2/', '/v2/health/live', '/v2/health/ready'],
  ...[MODEL, `${MODEL}/ready`, `${MODEL}/infer`],
  ...['', '/ready', '/infer'].map((end) => `${MODEL}/versions/{version}${end}`),
];

test('the document lists exactly the paths of the Open Inference Protocol under /v2', () => {
  const paths = OPERATIONS.map(({ path }) => path).filter((path) => path.startsWith('/v2'));
  expect(paths.sort()).toEqual(PROTOCOL.sort());
});
