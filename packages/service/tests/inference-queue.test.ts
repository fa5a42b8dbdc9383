import * as fc from 'fast-check';
import { InferenceQueue, type QueueLimits } from '../src/inference/queue';
import { ClientGone, Overloaded } from '../src/errors/http-error';

const LIMITS: QueueLimits = { maxBatchSize: 4, maxQueuedRows: 8, queueTimeoutSeconds: 60 };
const COLUMNS = 2;

/** A fake model. Its output for a row is the sum of the row; a batch finishes at the next `step`. */
function model(limits: Partial<QueueLimits> = {}) {
  const batches: number[] = [];
  let finishBatch: (() => void) | undefined;
  let broken: Error | undefined;
  const run = (rows: Float32Array) =>
    new Promise<Float32Array>((resolve, reject) => {
      expect(finishBatch).toBeUndefined();
      batches.push(rows.length / COLUMNS);
      finishBatch = () => {
        finishBatch = undefined;
        if (broken) {
          reject(broken);
        } else {
          resolve(Float32Array.from({ length: rows.length / COLUMNS }, (_, row) => sum(rows, row)));
        }
      };
    });
  const queue = new InferenceQueue(run, COLUMNS, { ...LIMITS, ...limits });
  const step = async (error?: Error) => {
    await turn();
    broken = error;
    finishBatch?.();
    await turn();
  };
  return {
    batches,
    queue,
    step,
    infer: (rows: number, gone = () => false) => queue.infer(new Float32Array(rows * COLUMNS), gone),
    finish: async () => {
      for (await turn(); finishBatch; await turn()) {
        await step();
      }
    },
  };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));
const sum = (rows: Float32Array, row: number) =>
  (rows[row * COLUMNS] ?? NaN) + (rows[row * COLUMNS + 1] ?? NaN);

test('requests that arrive together share one inference', async () => {
  const { batches, infer, finish } = model();
  const answers = Promise.all([infer(1), infer(2), infer(1)]);
  await finish();
  expect(await answers).toEqual([[0], [0, 0], [0]]);
  expect(batches).toEqual([4]);
});

test('requests that arrive during an inference share the next one', async () => {
  const { batches, infer, step, finish } = model();
  const first = infer(1);
  await turn();
  const others = Promise.all([infer(1), infer(1)]);
  await turn();
  expect(batches).toEqual([1]);
  await step();
  expect(await first).toEqual([0]);
  expect(batches).toEqual([1, 2]);
  await finish();
  await others;
});

test('a batch never exceeds its maximum; a larger request takes several', async () => {
  const { batches, infer, finish } = model();
  const answers = Promise.all([infer(3), infer(2), infer(9)].map((one) => one.catch(String)));
  await finish();
  expect(await answers).toEqual([[0, 0, 0], [0, 0], expect.stringMatching(/^Overloaded/)]);
  expect(batches).toEqual([4, 1]);
  const alone = infer(9);
  await finish();
  expect(await alone).toHaveLength(9);
  expect(batches).toEqual([4, 1, 4, 4, 1]);
});

test('refuses a request when the queue is full, and accepts again when it has room', async () => {
  const { queue, infer, step, finish } = model();
  const accepted = [infer(4), infer(4)];
  expect(queue.full).toBe(true);
  await expect(infer(1)).rejects.toEqual(new Overloaded('queue_full'));
  expect(queue.length).toBe(2);
  await turn();
  expect(queue.full).toBe(false);
  accepted.push(infer(4));
  await step();
  await finish();
  expect((await Promise.all(accepted)).flat()).toHaveLength(12);
});

test('refuses a request that has waited too long, during the inference before it', async () => {
  const { batches, infer, finish } = model({ queueTimeoutSeconds: 0.01 });
  const first = infer(4);
  await turn();
  await expect(infer(1)).rejects.toEqual(new Overloaded('waited_too_long'));
  await finish();
  expect(await first).toHaveLength(4);
  expect(batches).toEqual([4]);
});

test('refuses at once what would wait too long at the measured pace', async () => {
  const { batches, infer, finish } = model({
    maxQueuedRows: 1000,
    maxBatchSize: 1,
    queueTimeoutSeconds: 0.05,
  });
  const measured = infer(1);
  await turn();
  await new Promise((resolve) => setTimeout(resolve, 20));
  await finish();
  await measured;

  const answers = Promise.allSettled(Array.from({ length: 100 }, () => infer(1)));
  await finish();
  const refused = (await answers).filter(({ status }) => status === 'rejected');
  expect(refused[0]).toMatchObject({ reason: expect.any(Overloaded) as Overloaded });
  expect(refused.length).toBeGreaterThan(90);
  expect(batches.length).toBe(101 - refused.length);
});

test('does not refuse a started request for the time its own rows take', async () => {
  const { infer, finish } = model({ queueTimeoutSeconds: 0.01 });
  const long = infer(8);
  await turn();
  await new Promise((resolve) => setTimeout(resolve, 30));
  await finish();
  expect(await long).toHaveLength(8);
});

test('does not infer a request whose client has disconnected', async () => {
  const { batches, infer, finish } = model();
  const kept = infer(1);
  const left = infer(2, () => true);
  await Promise.all([expect(left).rejects.toThrow(ClientGone), finish()]);
  expect(await kept).toEqual([0]);
  expect(batches).toEqual([1]);
});

test('a failed inference fails only its own requests', async () => {
  const { queue, infer, step, finish } = model();
  const failed = Promise.allSettled([infer(1), infer(6)]);
  await turn();
  const later = infer(1);
  await step(new Error('boom'));
  await finish();
  expect(await failed).toEqual([
    { status: 'rejected', reason: new Error('boom') },
    { status: 'rejected', reason: new Error('boom') },
  ]);
  expect(await later).toEqual([0]);
  expect([queue.length, queue.full]).toEqual([0, false]);
});

test('each request gets the results of its own rows in order, whatever arrives when', async () => {
  const arrival = fc.record({ rows: fc.integer({ min: 1, max: 9 }), pause: fc.integer({ min: 0, max: 2 }) });
  await fc.assert(
    fc.asyncProperty(
      fc.array(arrival, { maxLength: 30 }),
      fc.integer({ min: 1, max: 10 }),
      async (arrivals, size) => {
        const { batches, queue, step, finish } = model({ maxBatchSize: size, maxQueuedRows: 1000 });
        const answers: Promise<number[]>[] = [];
        const wanted: number[][] = [];
        for (const [id, { rows, pause }] of arrivals.entries()) {
          const values = Float32Array.from({ length: rows * COLUMNS }, (_, cell) => 1000 * id + cell);
          wanted.push(Array.from({ length: rows }, (_, row) => sum(values, row)));
          answers.push(queue.infer(values, () => false));
          for (let steps = 0; steps < pause; steps += 1) {
            await step();
          }
        }
        await finish();
        expect(await Promise.all(answers)).toEqual(wanted);
        expect(Math.max(0, ...batches)).toBeLessThanOrEqual(size);
      },
    ),
  );
});
