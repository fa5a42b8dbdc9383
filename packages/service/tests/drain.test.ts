import { once } from 'node:events';
import { Agent, request, type IncomingMessage, type RequestOptions } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { startService } from './support/process';
import { PATIENT } from './support/service';

const body = JSON.stringify(PATIENT);
const POST = { method: 'POST', path: '/predict', headers: { 'content-type': 'application/json' } };

async function send(options: RequestOptions): Promise<IncomingMessage> {
  const sent = request(options);
  sent.end(options.method === 'POST' ? body : undefined);
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  response.resume();
  await once(response, 'end');
  return response;
}

test.concurrent('SIGTERM under load loses no request, on kept-alive and on new connections', async () => {
  const service = startService({ DRAIN_DELAY_SECONDS: '0.5' });
  const { hostname, port } = new URL(await service.url());
  const keepAlive = new Agent({ keepAlive: true });
  const results: unknown[] = [];
  let sending = true;
  const client = async (agent: Agent | false) => {
    while (sending) {
      const result = send({ hostname, port, agent, ...POST }).then(({ statusCode }) => statusCode);
      results.push(await result.catch((error: unknown) => error));
    }
  };
  const clients = [keepAlive, keepAlive, keepAlive, false as const, false as const].map(client);

  const answered = async (count: number) => {
    while (results.length < count) {
      await sleep(5);
    }
  };
  await answered(20);
  service.kill('SIGTERM');
  await service.logged(/^SIGTERM/);
  // Clients stop within the drain delay, as when a Service removes the endpoint.
  await answered(results.length + 20);
  sending = false;
  await Promise.all(clients);

  expect(await service.ended).toEqual({ code: 0, signal: null });
  expect(new Set(results)).toEqual(new Set([200]));
});

test.concurrent('stays ready while it drains, and sends Connection: close', async () => {
  const service = startService({ DRAIN_DELAY_SECONDS: '1' });
  const url = new URL(await service.url());
  const options = {
    hostname: url.hostname,
    port: url.port,
    path: '/readyz',
    agent: new Agent({ keepAlive: true }),
  };
  expect((await send(options)).headers.connection).toBe('keep-alive');
  service.kill('SIGTERM');
  await service.logged(/^SIGTERM/);
  const response = await send(options);
  expect(response.statusCode).toBe(200);
  expect(response.headers.connection).toBe('close');
});

const HEAD = `POST /predict HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`;

test.concurrent('answers requests whose head or body is incomplete at SIGTERM', async () => {
  const service = startService({ DRAIN_DELAY_SECONDS: '0' });
  const { hostname, port } = new URL(await service.url());
  const started = [20, HEAD.length + 20].map((cut) => {
    const socket = connect(Number(port), hostname);
    socket.write(`${HEAD}${body}`.slice(0, cut));
    const answer = text(socket);
    return { answer, finish: () => socket.write(`${HEAD}${body}`.slice(cut)) };
  });
  await sleep(100);
  service.kill('SIGTERM');
  await service.logged(/^SIGTERM/);
  await sleep(100);
  for (const { answer, finish } of started) {
    finish();
    expect(await answer).toMatch(/^HTTP\/1.1 200 OK\r\n[^]*connection: close[^]*"probability"/i);
  }
  expect(await service.ended).toEqual({ code: 0, signal: null });
});
