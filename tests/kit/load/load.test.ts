import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import examples from '@online-inference/service/model/examples.json';
import { Load, type LoadReport } from './load';

type Answer = (request: http.IncomingMessage, response: http.ServerResponse) => void | Promise<void>;

/** Answers like the service. */
const right: Answer = async (request, response) => {
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

/** Answers the first request, with which the load starts, like the service. */
function afterFirst(other: Answer): Answer {
  let asked = 0;
  return (request, response) => (asked++ === 0 ? right : other)(request, response);
}

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
  const { sent, failed, errors, beganAt, endedAt } = await loadOn(
    afterFirst(() => undefined),
    1,
  );
  expect(sent).toBeGreaterThan(0.2 * RATE);
  expect(sent).toBeLessThanOrEqual(((endedAt - beganAt) / 1000) * RATE + 1);
  expect(failed).toBe(sent);
  expect(errors).toEqual({ 'no answer in 1 s': sent });
});

const wrongPrediction: Answer = (request, response) =>
  request.url?.startsWith('/predict')
    ? void response.end(JSON.stringify({ probability: 0.9999, label: 1 }))
    : right(request, response);

test.concurrent.each<[what: string, answer: Answer, error: RegExp, cause: string]>([
  [
    'a wrong prediction',
    wrongPrediction,
    /^wrong answer: expected label \d, .* got label 1, probability 0.9999$/,
    'wrong answer',
  ],
  [
    'an answer that is not JSON',
    afterFirst((_, response) => void response.end('<html>')),
    /^wrong answer: .*(Unexpected token|not valid JSON)/,
    'wrong answer',
  ],
  [
    'a status other than 200',
    afterFirst((_, response) => void response.writeHead(503).end()),
    /^status 503$/,
    'status 503',
  ],
  ['a cut connection', afterFirst(({ socket }) => void socket.destroy()), /^ECONNRESET$/, 'ECONNRESET'],
])('counts %s as a failure, and says what is wrong', async (_what, answer, error, cause) => {
  const { failed, errors, failures } = await loadOn(answer);
  expect(failed).toBeGreaterThan(0);
  expect(errors).toEqual({ [cause]: failed });
  expect(failures[0]?.error).toMatch(error);
});
