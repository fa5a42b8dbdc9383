import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import examples from '@online-inference/service/model/examples.json';
import { Load, type LoadReport } from './load';

type Answer = (request: http.IncomingMessage, response: http.ServerResponse) => void | Promise<void>;

/** Answers like the service. */
export const right: Answer = async (request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://x');
  const body = await text(request);
  const found = (patient: object) =>
    examples.find((one) => Object.values(one.patient).join() === Object.values(patient).join());
  if (pathname === '/') {
    response.end(JSON.stringify({ name: 'online-inference', build: 'abc' }));
  } else if (pathname === '/predict') {
    const { probability, label } = found(Object.fromEntries(searchParams)) ?? {};
    response.end(JSON.stringify({ probability, label }));
  } else {
    const { id, inputs } = JSON.parse(body) as { id: string; inputs: [{ data: number[] }] };
    const { probability, label } = found(inputs[0].data) ?? {};
    const outputs = [
      { name: 'probability', data: [probability] },
      { name: 'label', data: [label] },
    ];
    response.end(JSON.stringify({ id, outputs }));
  }
};

const RATE = 200;

/** Sends a load to a local server for 0.3 s. */
async function loadOn(answer: Answer, timeoutSeconds = 20): Promise<LoadReport> {
  const server = http.createServer((request, response) => void answer(request, response));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  try {
    const { port } = server.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}/`;
    const load = await Load.start({ url, ratePerSecond: RATE, timeoutSeconds });
    await sleep(300);
    return await load.end();
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

test.concurrent('counts right answers, and their build', async () => {
  const { sent, answered, builds, failures } = await loadOn(right);
  expect(failures).toEqual([]);
  expect(sent).toBeGreaterThan(20);
  expect(answered).toBe(sent);
  expect(Object.keys(builds)).toEqual(['abc']);
  expect(builds['abc']).toBeGreaterThan(0.1 * sent);
});

test.concurrent('keeps its rate although no answer comes', async () => {
  let asked = 0;
  const { sent, failed, errors, beganAt, endedAt } = await loadOn(
    (request, response) => (asked++ === 0 ? right(request, response) : undefined),
    1,
  );
  expect(sent).toBeGreaterThan(0.2 * RATE);
  expect(sent).toBeLessThanOrEqual(((endedAt - beganAt) / 1000) * RATE + 1);
  expect(failed).toBe(sent);
  expect(errors).toEqual({ 'no answer in 1 s': sent });
});

test.concurrent('counts a wrong answer as a failure, and says what is wrong', async () => {
  const { failed, errors, failures } = await loadOn((request, response) => {
    if (request.url?.startsWith('/predict')) {
      response.end(JSON.stringify({ probability: 0.9999, label: 1 }));
      return;
    }
    return right(request, response);
  });
  expect(failed).toBeGreaterThan(0);
  expect(errors).toEqual({ 'wrong answer': failed });
  expect(failures[0]).toMatchObject({
    question: 'GET /predict',
    error: expect.stringMatching(
      /^wrong answer: expected label \d, .* got label 1, probability 0.9999$/,
    ) as string,
  });
});

test.concurrent('counts an answer that is not JSON as wrong', async () => {
  let asked = 0;
  const { failures } = await loadOn((request, response) =>
    asked++ === 0 ? right(request, response) : void response.end('<html>'),
  );
  expect(failures[0]?.error).toMatch(/^wrong answer: Unexpected token/);
});

test.concurrent('counts any status but 200 as a failure', async () => {
  let asked = 0;
  const { sent, errors } = await loadOn((request, response) => {
    if (asked++ === 0) {
      return right(request, response);
    }
    response.writeHead(503).end();
    return;
  });
  expect(errors).toEqual({ 'status 503': sent });
});

test.concurrent('counts a cut connection as a failure of its request', async () => {
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
