import { Clock } from '../src/simulation/clock';
import { RateLimiter } from '../src/simulation/rate-limiter';
import { WorkQueue } from '../src/simulation/work-queue';

const runAll = (clock: Clock): void => {
  while (clock.next !== undefined) clock.step();
};

function worked(
  plan: (queue: WorkQueue<string>, clock: Clock) => void,
  takes = 1,
  succeed = () => true,
): number[] {
  const clock = new Clock();
  const times: number[] = [];
  const queue = new WorkQueue<string>(clock, (_key, done) => {
    times.push(clock.now);
    clock.after(takes, () => { done(succeed()); }); // prettier-ignore
  });
  plan(queue, clock);
  runAll(clock);
  return times;
}

test('what comes in during a sync is worked on once, after it', () => {
  const times = worked((queue, clock) => {
    queue.add('a');
    for (const at of [0.2, 0.4, 0.6]) clock.at(at, () => { queue.add('a'); }); // prettier-ignore
  });
  expect(times).toEqual([0, 1]);
});

test('of several delays only the earliest counts, and the later are forgotten', () => {
  const times = worked((queue) => {
    queue.addAfter('a', 11);
    queue.addAfter('a', 13);
    queue.addAfter('a', 12);
  });
  expect(times).toEqual([11]);
});

test('a failure is tried again after a delay that doubles', () => {
  let left = 3;
  const times = worked((queue) => { queue.add('a'); }, 0, () => left-- <= 0); // prettier-ignore
  expect(times.map((time) => Math.round(time * 1000))).toEqual([0, 5, 15, 35]);
});

test('a clock runs tasks in order of time, and those of one time in order of planning', () => {
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

test('a client may send its burst at once, and then so many a second', () => {
  const limiter = new RateLimiter(10, 2);
  expect([0, 0, 0, 0].map((now) => limiter.reserve(now))).toEqual([0, 0, 0.1, 0.2]);
  expect(limiter.reserve(10)).toBe(0);
});
