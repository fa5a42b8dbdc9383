import { inferenceRequest, PATHS } from './inference';
import { startService, type ServiceProcess } from './process';
import { PATIENT } from './service';
import { slowModel, type SlowModel } from './slow-model';

let slow: SlowModel;
beforeAll(() => {
  // About 0.1 s: far more than anything else that a request takes.
  slow = slowModel(600);
});
afterAll(() => {
  slow.remove();
});

const start = (environment: Record<string, string> = {}): ServiceProcess =>
  startService({ MODEL_PATH: slow.path, LOG_LEVEL: 'info', ...environment });

const post = (url: string, body: object): Promise<Response> =>
  fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

const predict = (url: string, age: number) => post(`${url}/predict`, { ...PATIENT, age });

const infer = (url: string, age: number) =>
  post(`${url}${PATHS[0]}`, inferenceRequest([Object.values({ ...PATIENT, age })]));

/** What a prediction says, in either protocol. */
async function probabilityIn(response: Response): Promise<number | undefined> {
  const { probability, outputs } = (await response.json()) as {
    readonly probability?: number;
    readonly outputs?: readonly { readonly data: readonly number[] }[];
  };
  return probability ?? outputs?.[0]?.data[0];
}

test('health and metrics are answered while a slow model infers', async () => {
  const service = start();
  const url = await service.url();
  const prediction = predict(url, 50).then(() => 'prediction');
  const paths = ['/livez', '/readyz', '/v2/health/ready', '/metrics'];
  const others = Promise.all(paths.map((path) => fetch(`${url}${path}`))).then(() => 'others');
  expect(await Promise.race([prediction, others])).toBe('others');
  await prediction;
});

test('beyond what may wait, 503 says when to come again, and what was taken is answered right', async () => {
  const service = start({ INFERENCE_THREAD: 'always', MAX_BATCH_SIZE: '1', MAX_QUEUED_ROWS: '2' });
  const url = await service.url();
  const ages = [30, 35, 40, 45, 50, 55, 60, 65, 70, 75];
  const answers = await Promise.all(
    ages.map(async (age, index) => ({ age, response: await (index % 2 ? infer : predict)(url, age) })),
  );
  const refused = answers.filter(({ response }) => response.status === 503);
  const taken = answers.filter(({ response }) => response.status === 200);
  expect(refused.length + taken.length).toBe(ages.length);
  expect(refused.length).toBeGreaterThan(0);
  expect(taken.length).toBeGreaterThan(1);
  for (const { response } of refused) {
    expect(response.headers.get('retry-after')).toBe('1');
    expect(await response.json()).toEqual({ error: expect.stringMatching(/^overloaded: /) as string });
  }
  for (const { age, response } of taken) {
    expect(await probabilityIn(response)).toBeCloseTo(slow.probability(age), 5);
  }
  expect((await predict(url, 50)).status).toBe(200);
  const metrics = await (await fetch(`${url}/metrics`)).text();
  expect(metrics).toMatch(
    new RegExp(`^model_infer_request_rejected_total{.*reason="queue_full"} ${refused.length}$`, 'm'),
  );
  expect(metrics).toMatch(/^model_infer_requests_pending{.*} 0$/m);
});

test('what waits longer than it may is refused', async () => {
  const service = start({ INFERENCE_THREAD: 'always', MAX_BATCH_SIZE: '1', QUEUE_TIMEOUT_SECONDS: '0.01' });
  const url = await service.url();
  const statuses = await Promise.all([1, 2, 3, 4].map(async () => (await predict(url, 50)).status));
  expect(new Set(statuses)).toEqual(new Set([200, 503]));
});

test('probes are answered between large requests that came before them, and none of those is refused', async () => {
  const url = await startService().url();
  const patients = Array.from({ length: 1024 }, () => PATIENT);
  const order: string[] = [];
  const batches = Array.from({ length: 60 }, async () => {
    const response = await post(`${url}/predict`, patients);
    order.push(`batch ${response.status}`);
    await response.arrayBuffer();
  });
  await Promise.any(batches);
  await fetch(`${url}/readyz`).then(() => order.push('probe'));
  await Promise.all(batches);
  expect(order.at(-1)).toBe('batch 200');
  expect(new Set(order)).toEqual(new Set(['batch 200', 'probe']));
});
