import { setTimeout as sleep } from 'node:timers/promises';
import { Load, type LoadReport } from './load';
import { right, withServer } from './service';

const RATE = 200;

/** A load of a moment on a server of the test's own. */
function loadOn(answer: typeof right, timeoutSeconds = 20): Promise<LoadReport> {
  return withServer(answer, async (port) => {
    const load = new Load({ host: '127.0.0.1', port, ratePerSecond: RATE, timeoutSeconds });
    await load.begin();
    await sleep(300);
    return load.end();
  });
}

test.concurrent(
  'right answers count as answered, on both kinds of connection, and tell their build',
  async () => {
    const { connections, questions, builds, failures } = await loadOn(right);
    expect(failures).toEqual([]);
    const { kept, new: fresh } = connections;
    expect(Math.abs(kept.sent - fresh.sent)).toBeLessThanOrEqual(1);
    expect(kept.sent).toBeGreaterThan(10);
    expect(kept.statuses).toEqual({ 200: kept.answered });
    expect(kept.answered).toBe(kept.sent);
    expect(Object.keys(questions).sort()).toEqual(['GET /', 'GET /predict', 'POST …/infer']);
    expect(builds).toEqual({ abc: questions['GET /'] });
  },
);

test.concurrent('as many are sent as the rate says, although no answer comes', async () => {
  let asked = 0;
  const { connections, beganAt, endedAt } = await loadOn(
    (request, response) => (asked++ === 0 ? right(request, response) : undefined),
    1,
  );
  const { kept, new: fresh } = connections;
  expect(kept.sent + fresh.sent).toBeGreaterThan(0.2 * RATE);
  expect(kept.sent + fresh.sent).toBeLessThanOrEqual(((endedAt - beganAt) / 1000) * RATE + 1);
  expect(kept.errors).toEqual({ 'no answer in 1 s': kept.sent });
  expect(fresh.failed).toBe(fresh.sent);
});

test.concurrent('a wrong answer is a failure, with what is wrong with it', async () => {
  const { connections, failures } = await loadOn((request, response) => {
    if (request.url?.startsWith('/predict')) {
      response.end(JSON.stringify({ probability: 0.9999, label: 1 }));
      return;
    }
    return right(request, response);
  });
  expect(connections.new.errors).toEqual({ 'wrong answer': connections.new.failed });
  expect(connections.new.failed).toBeGreaterThan(0);
  expect(connections.new.statuses).toEqual({ 200: connections.new.sent });
  expect(failures[0]).toMatchObject({
    question: 'GET /predict',
    error: expect.stringMatching(/^wrong answer: label 1, probability 0.9999 in place of \d, 0/) as string,
  });
});

test.concurrent('another status is a failure', async () => {
  let asked = 0;
  const { connections } = await loadOn((request, response) => {
    if (asked++ === 0) {
      return right(request, response);
    }
    response.writeHead(503).end();
    return;
  });
  expect(connections.kept.statuses).toEqual({ 503: connections.kept.sent });
  expect(connections.kept.errors).toEqual({ 'status 503': connections.kept.sent });
});

test.concurrent('a connection that is cut is a failure of the request on it', async () => {
  let asked = 0;
  const { failures } = await loadOn((request, response) => {
    if (asked++ % 10 !== 9) {
      return right(request, response);
    }
    request.socket.destroy();
    return;
  });
  expect(failures.length).toBeGreaterThan(0);
  expect(new Set(failures.map(({ error }) => error))).toEqual(new Set(['ECONNRESET']));
});

test('latency counts from when a request was to be sent', async () => {
  const { connections, latestMilliseconds } = await loadOn((request, response) => {
    const end = performance.now() + 20;
    while (request.url === '/' && performance.now() < end);
    return right(request, response);
  });
  // the server blocks the load's own event loop: what waited for it is late
  expect(latestMilliseconds).toBeGreaterThan(5);
  expect(connections.new.latency.max).toBeGreaterThanOrEqual(latestMilliseconds);
});

test.concurrent('the report is the same however often it is asked for', async () => {
  await withServer(right, async (port) => {
    const load = new Load({ host: '127.0.0.1', port, ratePerSecond: RATE, timeoutSeconds: 1 });
    await load.begin();
    const [first, again] = await Promise.all([load.end(), load.end()]);
    expect(again).toBe(first);
  });
});
