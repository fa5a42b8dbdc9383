import { setTimeout as sleep } from 'node:timers/promises';
import { LoadGenerator } from '../../src/record/load-generator';
import { served } from './server';

test('sends requests at a constant rate, half of them on new connections, whether or not they succeed', async () => {
  let asked = 0;
  const connections = new Set<number | undefined>();
  const { port, close } = await served((request, response) => {
    asked += 1;
    connections.add(request.socket.remotePort);
    if (asked % 10 === 0) request.socket.destroy();
    else if (asked % 10 === 5) response.writeHead(503).end();
    else response.end('{"version":"1"}');
  });
  let now = 0;
  const load = new LoadGenerator({ url: `http://127.0.0.1:${port}/`, rate: 100 }, () => now);
  for (; now < 1; now += 0.1) await sleep(12);
  const answers = await load.stop();
  close();

  expect(answers.length).toBeGreaterThanOrEqual(80);
  expect(answers.length).toBeLessThanOrEqual(100);
  const errors = answers.flatMap(({ error }) => error ?? []);
  expect(load.progress).toEqual({ answered: answers.length - errors.length, failed: errors.length });
  expect(errors.some((error) => error.startsWith('HTTP 503'))).toBe(true);
  expect(errors.some((error) => error.startsWith('ECONNRESET'))).toBe(true);
  expect(answers.some(({ identity }) => identity === '1')).toBe(true);
  expect(connections.size).toBeGreaterThan(answers.length / 3);
});

test('counts a failure for every request if nothing listens', async () => {
  let now = 0;
  const load = new LoadGenerator({ url: 'http://127.0.0.1:1/', rate: 10 }, () => now);
  now = 1;
  await sleep(30);
  const answers = await load.stop();
  expect(answers.map(({ error }) => error?.slice(0, 12))).toEqual(Array(10).fill('ECONNREFUSED'));
});
