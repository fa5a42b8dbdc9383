import { Clock } from '../../src/simulation/clock.ts';
import { RateLimiter } from '../../src/simulation/rate-limiter.ts';
import { WorkQueue } from '../../src/simulation/work-queue.ts';

const runAll = (clock: Clock): void => {
  while (clock.next !== undefined) clock.step();
};

/** Runs a queue and returns the times at which its key is processed. */
function process(
  plan: (queue: WorkQueue<string>, clock: Clock) => void,
  seconds = 1,
  succeed = () => true,
): number[] {
  const clock = new Clock();
  const times: number[] = [];
  const queue = new WorkQueue<string>(clock, (_key, done) => {
    times.push(clock.now);
    clock.after(seconds, () => { done(succeed()); }); // prettier-ignore
  });
  plan(queue, clock);
  runAll(clock);
  return times;
}

describe('a work queue', () => {
  test('processes all adds during a sync in one sync after it', () => {
    const times = process((queue, clock) => {
      queue.add('a');
      for (const at of [0.2, 0.4, 0.6]) clock.at(at, () => { queue.add('a'); }); // prettier-ignore
    });
    expect(times).toEqual([0, 1]);
  });

  test('keeps only the earliest of several delayed adds', () => {
    const times = process((queue) => {
      queue.addAfter('a', 11);
      queue.addAfter('a', 13);
      queue.addAfter('a', 12);
    });
    expect(times).toEqual([11]);
  });

  test('retries a failure after a delay that doubles', () => {
    let left = 3;
    const times = process((queue) => { queue.add('a'); }, 0, () => left-- <= 0); // prettier-ignore
    expect(times.map((time) => Math.round(time * 1000))).toEqual([0, 5, 15, 35]);
  });
});

test('a clock runs tasks in order of time, tasks of the same time in order of their addition', () => {
  const clock = new Clock();
  const order: string[] = [];
  for (const [time, name] of [
    [3, 'c'],
    [1, 'a'],
    [2, 'b'],
    [1, 'a2'],
    [0, '0'],
  ] as const) {
    clock.at(time, () => order.push(name));
  }
  runAll(clock);
  expect(order).toEqual(['0', 'a', 'a2', 'b', 'c']);
});

test('a rate limiter allows the burst immediately, then the rate', () => {
  const limiter = new RateLimiter(10, 2);
  expect([0, 0, 0, 0].map((now) => limiter.reserve(now))).toEqual([0, 0, 0.1, 0.2]);
  expect(limiter.reserve(10)).toBe(0);
});
