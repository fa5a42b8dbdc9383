import { compare } from '../frame/compare';
import type { Contender } from '../frame/topic';

const measures = [{ id: 'time', title: 'time', unit: 'ms', better: 'lower' as const }];

function counted(names: readonly string[]): { contenders: Contender[]; order: string[] } {
  const order: string[] = [];
  const contenders = names.map((name) => ({
    name,
    ours: name === 'ours',
    measure: () => Promise.resolve({ time: order.push(name) }),
  }));
  return { contenders, order };
}

beforeEach(() => jest.spyOn(console, 'error').mockReturnValue());
afterEach(() => jest.restoreAllMocks());

test('each contender runs once a round, and another one begins each', async () => {
  const { contenders, order } = counted(['a', 'b', 'ours']);
  await compare({ id: 'x', title: 'X', measures, contenders, rounds: 3, warmups: 0 });
  expect(order).toEqual(['a', 'b', 'ours', 'b', 'ours', 'a', 'ours', 'a', 'b']);
});

test('warm-ups do not count; by default there are ten rounds that do, and ratios are to ours', async () => {
  const { contenders, order } = counted(['a', 'ours']);
  const { rows, base } = await compare({ id: 'x', title: 'X', measures, contenders, warmups: 2 });
  expect(order).toHaveLength(24);
  expect(rows.map(({ runs }) => runs.length)).toEqual([10, 10]);
  expect(Math.min(...rows.flatMap(({ runs }) => runs.map(({ time = 0 }) => time)))).toBe(5);
  expect(base).toBe('ours');
});

test('who does not end within the bound is left out with the reason, and the others go on', async () => {
  const { contenders, order } = counted(['ours']);
  const stuck = {
    name: 'stuck',
    measure: (signal: AbortSignal) =>
      new Promise<never>((_, reject) => {
        // an unref'd timer is all that the signal has: this one keeps the process until it fires
        const awake = setInterval(() => undefined, 1000);
        signal.addEventListener('abort', () => {
          clearInterval(awake);
          reject(new Error('killed'));
        });
      }),
  };
  const contest = { id: 'x', title: 'X', measures, contenders: [stuck, ...contenders], bound: 0.01 };
  const { rows } = await compare(contest);
  expect(rows[0]).toEqual({
    name: 'stuck',
    ours: false,
    runs: [],
    absent: 'one run takes more than 0.01 s',
  });
  expect(order).toHaveLength(11);
});

test('a contender that fails ends the comparison', async () => {
  const failing = { name: 'a', measure: () => Promise.reject(new Error('no such file')) };
  await expect(compare({ id: 'x', title: 'X', measures, contenders: [failing] })).rejects.toThrow(
    'no such file',
  );
});
