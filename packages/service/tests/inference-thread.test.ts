import { copyFileSync, rmSync, writeFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { inferenceRequest, PATHS } from './support/inference-requests';
import { PROGRAM, startService, workerOf } from './support/process';
import { PATIENT } from './support/service';
import { slowModel, type SlowModel } from './support/slow-model';

let model: SlowModel;
beforeAll(() => {
  model = slowModel(1);
});
afterAll(() => {
  model.remove();
});

const headers = { 'content-type': 'application/json' };
const rowOf = (age: number) => Object.values({ ...PATIENT, age });

test.concurrent(
  'runs a model in its own thread if it is slow, or if INFERENCE_THREAD is always',
  async () => {
    const slow = slowModel(100);
    const loaded = async (environment: Record<string, string>) => {
      const service = startService(environment);
      await service.logged(/listening/);
      return service.lines.find(({ msg }) => msg === 'model loaded');
    };
    expect(await loaded({ INFERENCE_THREAD: 'never', MODEL_PATH: slow.path })).toMatchObject({
      inferenceThread: false,
    });
    expect(await loaded({ INFERENCE_THREAD: 'always' })).toMatchObject({ inferenceThread: true });
    expect(await loaded({ MODEL_PATH: slow.path })).toMatchObject({ inferenceThread: true });
    slow.remove();
  },
);

test.concurrent('runs a fast model without a thread (up to 3 attempts on a busy machine)', async () => {
  const isUnthreaded = async () => {
    const service = startService();
    await service.logged(/listening/);
    return service.lines.some((line) => 'inferenceThread' in line && line.inferenceThread === false);
  };
  expect((await isUnthreaded()) || (await isUnthreaded()) || (await isUnthreaded())).toBe(true);
});

test.concurrent('requests of one batch never get each other’s ids or results', async () => {
  const service = startService({ MODEL_PATH: model.path, INFERENCE_THREAD: 'always', MAX_BATCH_SIZE: '7' });
  const url = await service.url();
  const infer = async (ages: readonly number[], id: string) => {
    const response = await fetch(`${url}${PATHS[0]}`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ id, outputs: [{ name: 'probability' }], ...inferenceRequest(ages.map(rowOf)) }),
    });
    return response.json();
  };
  const batch = fc.array(fc.integer({ min: 29, max: 77 }), { minLength: 1, maxLength: 10 });
  await fc.assert(
    fc.asyncProperty(fc.array(batch, { minLength: 1, maxLength: 20 }), async (batches) => {
      const answers = await Promise.all(batches.map((ages, index) => infer(ages, `request ${index}`)));
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
              data: ages.map((age) => expect.closeTo(model.probability(age), 5) as number),
            },
          ],
        })),
      );
    }),
    { numRuns: 20 },
  );
});

test.concurrent('exits with code 1 and a log line when the inference thread exits', async () => {
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
  await expect(
    fetch(`${url}/predict`, {
      method: 'POST',
      headers,
      body: JSON.stringify(PATIENT),
    }),
  ).rejects.toThrow();
  expect(await service.ended).toEqual({ code: 1, signal: null });
  [program, workerOf(program)].forEach((file) => {
    rmSync(file);
  });
  const fatal = service.lines.filter(({ level }) => level === 'fatal');
  expect(fatal).toEqual([
    expect.objectContaining({
      msg: expect.stringMatching(/^inference thread exited; shutting down$/) as string,
    }),
  ]);
});
