/** @jest-environment ./packages/service/tests/support/onnx-environment.cjs */
import { once } from 'node:events';
import { METHODS, request as send } from 'node:http';
import { inferenceRequest, PATHS } from './support/inference-requests';
import { PATIENT, queryOf, service, type Service } from './support/service';

let app: Service;
beforeEach(async () => {
  app = await service({ BUILD: 'test-build' });
});
afterEach(() => app.close());

/** Returns the value of a series; undefined if it does not exist. */
async function value(series: string): Promise<number | undefined> {
  const line = (await app.metrics()).split('\n').find((one) => one.startsWith(`${series} `));
  return line === undefined ? undefined : Number(line.slice(series.length));
}

const MODEL = '{model="heart-disease",version="1"}';

test('counts successful and refused inference requests of every route that predicts', async () => {
  expect(await value(`model_infer_request_failure_total${MODEL}`)).toBe(0);
  await app.post(PATHS[0], inferenceRequest([Object.values(PATIENT)]));
  await app.post(PATHS[1], inferenceRequest([Object.values(PATIENT)]));
  await app.post('/predict', [PATIENT, PATIENT]);
  await app.request(`/predict?${queryOf(PATIENT)}`);
  await app.post(PATHS[0], {});
  await app.request('/readyz');
  expect(await value(`model_infer_request_success_total${MODEL}`)).toBe(4);
  expect(await value(`model_infer_request_failure_total${MODEL}`)).toBe(1);
  expect(await value(`model_infer_request_duration_count${MODEL}`)).toBe(5);
  expect(await value(`model_infer_request_duration_bucket{le="10",model="heart-disease",version="1"}`)).toBe(
    5,
  );
});

test('counts and times requests by route, not by path', async () => {
  await app.request('/v2/models/heart-disease/ready');
  await app.request('/v2/models/other/ready');
  await app.request('/nope/1');
  await app.request('/nope/2');
  await app.request('/predict', { method: 'DELETE' });
  const ready = 'method="GET",path="/v2/models/:model/ready"';
  expect(await value(`rest_server_requests_total{${ready},status_code="200"}`)).toBe(1);
  expect(await value(`rest_server_requests_total{${ready},status_code="404"}`)).toBe(1);
  expect(await value('rest_server_requests_total{method="GET",path="unknown",status_code="404"}')).toBe(2);
  expect(await value('rest_server_requests_total{method="DELETE",path="unknown",status_code="405"}')).toBe(1);
  expect(
    await value(`rest_server_request_duration_seconds_bucket{le="+Inf",${ready},status_code="200"}`),
  ).toBe(1);
});

test('a request is in progress until its response is sent or its client disconnects', async () => {
  expect(await value('rest_server_requests_in_progress')).toBe(1);
  const socket = await app.connect(
    'POST /predict HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{',
  );
  await app.reaches(2);
  socket.destroy();
  await app.reaches(1);
  expect(await value('rest_server_requests_total{method="POST",path="/predict",status_code="499"}')).toBe(1);
  expect(await value(`model_infer_request_failure_total${MODEL}`)).toBe(0);
});

test('exports model, build and event loop in Prometheus’ text format', async () => {
  const { headers } = await fetch(`http://127.0.0.1:${app.port}/metrics`);
  const text = await app.metrics();
  expect(headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  expect(text).toMatch(
    /^model_info\{model="heart-disease",version="1",sha256="[0-9a-f]{64}",build="test-build"\} 1$/m,
  );
  expect(text).toMatch(/^nodejs_eventloop_lag_seconds \d/m);
  expect(text).toMatch(/^process_resident_memory_bytes \d/m);
});

/** Returns every series of requests and of the model, without its value. */
async function series(): Promise<string[]> {
  const lines = (await app.metrics()).split('\n').filter((line) => /^(rest_server|model)_/.test(line));
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

test('60 requests with different ids, paths, queries, models and versions add no series', async () => {
  await kinds('x');
  await app.metrics();
  const before = await series();
  for (let count = 0; count < 10; count++) {
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
  const text = await app.metrics();
  expect(text).toMatch(/^model_infer_request_failure_total\{model="heart-disease",version="1"\} 0$/m);
  expect(text).not.toContain('evil');
});

interface Family {
  readonly name: string;
  readonly type: string;
  readonly help: string;
}

async function readFamilies(): Promise<Family[]> {
  const text = await app.metrics();
  return [...text.matchAll(/^# HELP (\S+) (.+)\n# TYPE \S+ (\w+)$/gm)].map(
    ([, name = '', help = '', type = '']) => ({ name, help, type }),
  );
}

/** Rules of promtool for metrics. @see https://github.com/prometheus/prometheus/tree/main/util/promlint */
const RULES: Readonly<Record<string, (family: Family) => boolean>> = {
  'only counters end in _total': ({ name, type }) => name.endsWith('_total') === (type === 'counter'),
  'a time is in seconds': ({ name }) =>
    !/duration|lag|cpu|time/.test(name) || /_seconds(_total)?$/.test(name),
  'a size is in bytes': ({ name }) => !/memory|heap|size/.test(name) || /_bytes(_total)?$/.test(name),
  'no other unit': ({ name }) => !/milli|micro|nano|kilo|mega|percent|_ms$/.test(name),
  'lower case': ({ name }) => /^[a-z][a-z0-9_]*$/.test(name),
  'no type in the name': ({ name }) =>
    !/_(counter|gauge|histogram|summary)(_|$)|_(bucket|sum|count)$/.test(name),
  'a help text': ({ help }) => help !== '',
};

/** Names that break a rule, but that dashboards rely on. */
const KEPT = [
  // MLServer's histogram of seconds without its unit
  'a time is in seconds: model_infer_request_duration',
  // prom-client's gauges with the suffix of counters
  'only counters end in _total: nodejs_active_handles_total',
  'only counters end in _total: nodejs_active_requests_total',
  'only counters end in _total: nodejs_active_resources_total',
];

test('names and help texts follow the rules of promtool, except for known names', async () => {
  const families = await readFamilies();
  expect(families.length).toBeGreaterThan(35);
  const broken = Object.entries(RULES).flatMap(([rule, holds]) =>
    families.filter((family) => !holds(family)).map(({ name }) => `${rule}: ${name}`),
  );
  expect(broken.sort()).toEqual(KEPT);
});
