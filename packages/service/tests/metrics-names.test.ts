import { METHODS, request as send } from 'node:http';
import { once } from 'node:events';
import { serviceWithFakeModel, type FakeModelService } from './support/fake-model';

let app: FakeModelService;
beforeEach(async () => {
  app = await serviceWithFakeModel();
});
afterEach(() => app.close());

async function scraped(): Promise<string> {
  return (await fetch(`http://127.0.0.1:${app.port}/metrics`)).text();
}

/** Returns every series of requests and of the model, without its value. */
async function series(): Promise<string[]> {
  const lines = (await scraped()).split('\n').filter((line) => /^(rest_server|model)_/.test(line));
  return lines.map((line) => line.slice(0, line.lastIndexOf(' '))).sort();
}

/** Sends a request as it is; `fetch` rejects some methods. */
async function answered(method: string, path: string, headers = {}): Promise<void> {
  const request = send({ host: '127.0.0.1', port: app.port, method, path, headers });
  request.end();
  const [response] = (await once(request, 'response')) as [NodeJS.ReadableStream];
  response.resume();
  await once(response, 'end');
}

/** Sends a request for each part that a client can vary. */
async function kinds(variant: string): Promise<void> {
  const headers = { 'x-request-id': variant, traceparent: variant, 'user-agent': variant, host: variant };
  await Promise.all([
    answered('GET', `/${variant}`, headers),
    answered('GET', `/predict?${variant}=1`, headers),
    answered('POST', `/v2/models/${variant}/infer`, headers),
    answered('GET', `/v2/models/${variant}/versions/${variant}`, headers),
    answered('GET', `/v2/models/heart-disease/versions/${variant}/ready`, headers),
    answered('POST', `/v2/models/heart-disease/versions/${variant}/infer`, headers),
  ]);
}

test('600 requests with different ids, paths, queries, models and versions add no series', async () => {
  await kinds('x');
  await scraped();
  const before = await series();
  for (let count = 0; count < 100; count++) {
    await kinds(`x${count}`);
  }
  expect(await series()).toEqual(before);
});

test('unusual methods share one label value', async () => {
  const rare = METHODS.filter((method) => !['CONNECT', 'GET', 'POST', 'HEAD', 'OPTIONS'].includes(method));
  for (const method of rare) {
    await answered(method, '/');
  }
  const methods = (await series())
    .filter((one) => one.startsWith('rest_server_requests_total'))
    .map((one) => /method="(\w+)"/.exec(one)?.[1]);
  expect(rare.length).toBeGreaterThan(25);
  expect([...new Set(methods)].sort()).toEqual(['DELETE', 'PATCH', 'PUT', 'QUERY', 'TRACE', 'other']);
});

test('a request for another model is not a failure of this model, and adds no label value', async () => {
  await answered('POST', '/v2/models/evil/infer');
  await answered('POST', '/v2/models/heart-disease/versions/evil/infer');
  const text = await scraped();
  expect(text).toMatch(/^model_infer_request_failure_total\{model="heart-disease",version="1"\} 0$/m);
  expect(text).not.toContain('evil');
});

interface Family {
  readonly name: string;
  readonly type: string;
  readonly help: string;
}

/** Names that break the rules, but that dashboards rely on. */
const KEPT = {
  // prom-client's gauges with the suffix of counters
  suffix: ['nodejs_active_resources_total', 'nodejs_active_handles_total', 'nodejs_active_requests_total'],
  // MLServer's histogram of seconds without its unit
  unit: ['model_infer_request_duration'],
};

async function readFamilies(): Promise<Family[]> {
  const text = await scraped();
  return [...text.matchAll(/^# HELP (\S+) (.+)\n# TYPE \S+ (\w+)$/gm)].map(
    ([, name = '', help = '', type = '']) => ({ name, help, type }),
  );
}

/** @see https://github.com/prometheus/prometheus/tree/main/util/promlint */
test('only counters end in _total, as promtool demands', async () => {
  const families = await readFamilies();
  expect(families.length).toBeGreaterThan(35);
  const wrong = families.filter(({ name, type }) => name.endsWith('_total') !== (type === 'counter'));
  expect(wrong.map(({ name }) => name)).toEqual(KEPT.suffix);
});

test('names contain the base unit: seconds or bytes', async () => {
  const families = await readFamilies();
  const timed = families.filter(({ name }) => /duration|lag|cpu|time/.test(name));
  const sized = families.filter(({ name }) => /memory|heap|size/.test(name));
  expect(timed.length).toBeGreaterThan(10);
  expect(sized.length).toBeGreaterThan(5);
  const wrong = [
    ...timed.filter(({ name }) => !/_seconds(_total)?$/.test(name)),
    ...sized.filter(({ name }) => !/_bytes(_total)?$/.test(name)),
  ];
  expect(wrong.map(({ name }) => name)).toEqual(KEPT.unit);
  expect(families.filter(({ name }) => /milli|micro|nano|kilo|mega|percent|_ms$/.test(name))).toEqual([]);
});

test('names are lower case without a type, and each has a help text', async () => {
  const families = await readFamilies();
  families.forEach(({ name, help }) => {
    expect(name).toMatch(/^[a-z][a-z0-9_]*$/);
    expect(name).not.toMatch(/_(counter|gauge|histogram|summary)(_|$)/);
    expect(name).not.toMatch(/_(bucket|sum|count)$/);
    expect(help).not.toBe('');
  });
});
