import { setTimeout as sleep } from 'node:timers/promises';
import { Overloaded } from '../src/inference/refusals';
import { atMostAtOnce } from '../src/protocol/at-once';

test('no more than so many run at once, and each gives its own result', async () => {
  const inTurn = atMostAtOnce(3);
  let running = 0;
  let most = 0;
  const work = async (id: number) => {
    running += 1;
    most = Math.max(most, running);
    await sleep(1);
    running -= 1;
    return id;
  };
  const ids = Array.from({ length: 20 }, (_, id) => id);
  expect(await Promise.all(ids.map((id) => inTurn(() => work(id))))).toEqual(ids);
  expect(most).toBe(3);
});

test('one that fails lets the next one run', async () => {
  const inTurn = atMostAtOnce(1);
  const failed = inTurn(() => Promise.reject(new Error('boom')));
  const next = inTurn(() => Promise.resolve('fine'));
  await expect(failed).rejects.toThrow('boom');
  expect(await next).toBe('fine');
});

test('one that has waited too long is not begun', async () => {
  const inTurn = atMostAtOnce(1);
  const first = inTurn(() => sleep(20));
  let begun = false;
  const late = inTurn(() => Promise.resolve((begun = true)), 1);
  await expect(late).rejects.toThrow(Overloaded);
  expect(begun).toBe(false);
  await first;
  expect(await inTurn(() => Promise.resolve('fine'), 1000)).toBe('fine');
});
