/** @jest-environment ./packages/service/tests/support/onnx-environment.cjs */
import { once } from 'node:events';
import { connect } from 'node:net';
import { inferenceRequest, PATHS } from './support/inference-requests';
import { PATIENT, queryOf, service, type Service } from './support/service';

let app: Service;
beforeEach(async () => {
  app = await service({ BUILD: 'test-build' });
});
afterEach(() => app.close());

async function scraped(): Promise<{ readonly type: string | null; readonly text: string }> {
  const response = await fetch(`http://127.0.0.1:${app.port}/metrics`);
  return { type: response.headers.get('content-type'), text: await response.text() };
}

/** Returns the value of a series; undefined if it does not exist. */
async function value(series: string): Promise<number | undefined> {
  const line = (await scraped()).text.split('\n').find((one) => one.startsWith(`${series} `));
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
  const socket = connect(app.port, '127.0.0.1');
  await once(socket, 'connect');
  socket.write(
    'POST /predict HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{',
  );
  const reached = async (count: number) => {
    while ((await value('rest_server_requests_in_progress')) !== count) {
      // The service has not noticed yet.
    }
  };
  await reached(2);
  socket.destroy();
  await reached(1);
  expect(await value('rest_server_requests_total{method="POST",path="/predict",status_code="499"}')).toBe(1);
  expect(await value(`model_infer_request_failure_total${MODEL}`)).toBe(0);
});

test('exports model, build and event loop in Prometheus’ text format', async () => {
  const { type, text } = await scraped();
  expect(type).toMatch(/^text\/plain; version=0\.0\.4/);
  expect(text).toMatch(
    /^model_info\{model="heart-disease",version="1",sha256="[0-9a-f]{64}",build="test-build"\} 1$/m,
  );
  expect(text).toMatch(/^nodejs_eventloop_lag_seconds \d/m);
  expect(text).toMatch(/^process_resident_memory_bytes \d/m);
});
