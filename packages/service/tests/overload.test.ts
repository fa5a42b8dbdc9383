import { copyFileSync, rmSync, writeFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { inferenceRequest, PATHS } from './support/inference-requests';
import { startService, type ServiceProcess, PROGRAM, workerOf } from './support/process';
import { PATIENT } from './support/service';
import { slowModel, type SlowModel } from './support/slow-model';

let slow: SlowModel;
let fast: SlowModel;
beforeAll(() => {
  // About 50 ms per batch, far more than the rest of a request.
  slow = slowModel(300);
  fast = slowModel(1);
});
afterAll(() => {
  slow.remove();
  fast.remove();
});

const start = (environment: Record<string, string> = {}): ServiceProcess =>
  startService({ MODEL_PATH: slow.path, INFERENCE_THREAD: 'always', ...environment });

const post = (url: string, body: object): Promise<Response> =>
  fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

const predict = (url: string, age: number) => post(`${url}/predict`, { ...PATIENT, age });

const infer = (url: string, age: number) =>
  post(`${url}${PATHS[0]}`, inferenceRequest([Object.values({ ...PATIENT, age })]));

/** Returns the probability of a response of either protocol. */
async function probabilityIn(response: Response): Promise<number | undefined> {
  const { probability, outputs } = (await response.json()) as {
    readonly probability?: number;
    readonly outputs?: readonly { readonly data: readonly number[] }[];
  };
  return probability ?? outputs?.[0]?.data[0];
}

/** Returns whether a service that listens has logged that its model runs in an inference thread. */
const isThreaded = ({ lines }: ServiceProcess): boolean =>
  lines.some((line) => 'inferenceThread' in line && line.inferenceThread === true);

test('runs a slow model in a thread, and answers health and metrics while it infers', async () => {
  const service = start({ INFERENCE_THREAD: 'auto' });
  const url = await service.url();
  expect(isThreaded(service)).toBe(true);
  const prediction = predict(url, 50).then(() => 'prediction');
  const paths = ['/livez', '/readyz', '/v2/health/ready', '/metrics'];
  const others = Promise.all(paths.map((path) => fetch(`${url}${path}`))).then(() => 'others');
  expect(await Promise.race([prediction, others])).toBe('others');
  await prediction;
});

test('answers 503 with Retry-After when the queue is full, and predicts what it accepted', async () => {
  const service = start({ MAX_BATCH_SIZE: '1', MAX_QUEUED_ROWS: '2', QUEUE_TIMEOUT_SECONDS: '60' });
  const url = await service.url();
  const ages = [30, 35, 40, 45, 50, 55, 60, 65, 70, 75];
  const answers = await Promise.all(
    ages.map(async (age, index) => ({ age, response: await (index % 2 ? infer : predict)(url, age) })),
  );
  const refused = answers.filter(({ response }) => response.status === 503);
  const accepted = answers.filter(({ response }) => response.status === 200);
  expect(refused.length + accepted.length).toBe(ages.length);
  expect(refused.length).toBeGreaterThan(0);
  expect(accepted.length).toBeGreaterThan(1);
  for (const { response } of refused) {
    expect(response.headers.get('retry-after')).toBe('1');
    expect(await response.json()).toEqual({ error: expect.stringMatching(/; retry later$/) as string });
  }
  for (const { age, response } of accepted) {
    expect(await probabilityIn(response)).toBeCloseTo(slow.probability(age), 5);
  }
  expect((await predict(url, 50)).status).toBe(200);
  const metrics = await (await fetch(`${url}/metrics`)).text();
  expect(metrics).toMatch(
    new RegExp(`^model_infer_request_rejected_total{.*reason="queue_full"} ${refused.length}$`, 'm'),
  );
  expect(metrics).toMatch(/^model_infer_requests_pending{.*} 0$/m);
});

test('refuses a request that waits longer than QUEUE_TIMEOUT_SECONDS', async () => {
  const service = start({ MAX_BATCH_SIZE: '1', QUEUE_TIMEOUT_SECONDS: '0.01' });
  const url = await service.url();
  const statuses = await Promise.all([1, 2, 3, 4].map(async () => (await predict(url, 50)).status));
  expect(new Set(statuses)).toEqual(new Set([200, 503]));
});

test('answers probes between large requests that arrived before them, and refuses none of those', async () => {
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

test('runs a fast model without a thread (up to 3 attempts on a busy machine)', async () => {
  const isUnthreaded = async () => {
    const service = startService();
    await service.url();
    return !isThreaded(service);
  };
  expect((await isUnthreaded()) || (await isUnthreaded()) || (await isUnthreaded())).toBe(true);
});

test('INFERENCE_THREAD always runs a fast model in a thread, and requests of one batch never get each other’s ids or results', async () => {
  const service = start({ MODEL_PATH: fast.path, MAX_BATCH_SIZE: '7' });
  const url = await service.url();
  expect(isThreaded(service)).toBe(true);
  const inferBatch = async (ages: readonly number[], id: string) => {
    const request = inferenceRequest(ages.map((age) => Object.values({ ...PATIENT, age })));
    return (await post(`${url}${PATHS[0]}`, { id, outputs: [{ name: 'probability' }], ...request })).json();
  };
  const batch = fc.array(fc.integer({ min: 29, max: 77 }), { minLength: 1, maxLength: 10 });
  await fc.assert(
    fc.asyncProperty(fc.array(batch, { minLength: 1, maxLength: 20 }), async (batches) => {
      const answers = await Promise.all(batches.map((ages, index) => inferBatch(ages, `request ${index}`)));
      expect(answers).toEqual(
        batches.map((ages, index) => ({
          model_name: 'heart-disease',
          model_version: '1',
          id: `request ${index}`,
          outputs: [
            {
              name: 'probability',
              datatype: 'FP32',
              shape: [ages.length],
              data: ages.map((age) => expect.closeTo(fast.probability(age), 5) as number),
            },
          ],
        })),
      );
    }),
    { numRuns: 10 },
  );
});

test('exits with code 1 and a log line when the inference thread exits', async () => {
  const program = PROGRAM.replace(/\.js$/, '-broken.js');
  copyFileSync(PROGRAM, program);
  writeFileSync(
    workerOf(program),
    `const { parentPort } = require('node:worker_threads');
     parentPort.postMessage({ input: 'features' });
     parentPort.on('message', () => process.exit(7));`,
  );
  const service = startService({ INFERENCE_THREAD: 'always' }, program);
  const url = await service.url();
  await expect(predict(url, 50)).rejects.toThrow();
  expect(await service.ended).toEqual({ code: 1, signal: null });
  [program, workerOf(program)].forEach((file) => {
    rmSync(file);
  });
  const fatal = service.lines.filter(({ level }) => level === 'fatal');
  expect(fatal).toMatchObject([{ msg: 'inference thread exited; shutting down' }]);
});
