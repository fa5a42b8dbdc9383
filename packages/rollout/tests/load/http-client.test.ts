import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { HttpClient, KEPT_CONNECTIONS, type Connection } from '../../src/load/index.ts';

/** Runs a server on a local port while `use` runs. @param port 0 for a free port */
async function withServer<T>(
  answer: http.RequestListener,
  use: (port: number, server: http.Server) => Promise<T>,
  port = 0,
): Promise<T> {
  const server = http.createServer(answer).listen(port, '127.0.0.1');
  await once(server, 'listening');
  try {
    return await use((server.address() as AddressInfo).port, server);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const ok: http.RequestListener = (_request, response) => response.end('{}');
const freePort = (): Promise<number> => withServer(ok, (port) => Promise.resolve(port));
const clientOf = (port: number, timeoutSeconds: number, reconnects = false) =>
  new HttpClient({ url: `http://127.0.0.1:${port}/`, timeoutSeconds, reconnects });

test('uses the kept connections in turn, and opens a new connection for each other request', async () => {
  await withServer(ok, async (port, server) => {
    let connections = 0;
    server.on('connection', () => connections++);
    const client = clientOf(port, 2);
    const send = async (kind: Connection) => (await client.send({}, kind)).reused;
    for (let i = 0; i < KEPT_CONNECTIONS; i++) {
      expect(await send('kept')).toBe(false);
    }
    for (let i = 0; i < KEPT_CONNECTIONS; i++) {
      expect(await send('kept')).toBe(true);
    }
    expect(connections).toBe(KEPT_CONNECTIONS);
    expect([await send('new'), await send('new')]).toEqual([false, false]);
    expect(connections).toBe(KEPT_CONNECTIONS + 2);
    client.close();
  });
});

test('sends method, path and body', async () => {
  await withServer(
    (request, response) => {
      response.end(`${request.method} ${request.url} ${request.headers['content-length']}`);
    },
    async (port) => {
      const exchange = await clientOf(port, 2).send({ method: 'POST', path: '/a?b=c', body: '{}' }, 'new');
      expect(exchange).toMatchObject({ status: 200, body: 'POST /a?b=c 2' });
    },
  );
});

test('reports a refused connection and does not retry', async () => {
  const exchange = await clientOf(await freePort(), 2).send({}, 'kept');
  expect(exchange).toEqual({ reused: false, refused: 1, error: 'ECONNREFUSED' });
});

test('with reconnects, retries a refused connection until one is accepted', async () => {
  const port = await freePort();
  const answer = clientOf(port, 10, true).send({}, 'new');
  await sleep(50);
  await withServer(
    ok,
    async () => {
      const { status, refused } = await answer;
      expect(status).toBe(200);
      expect(refused).toBeGreaterThan(0);
    },
    port,
  );
});

test('gives up a request without an answer after the timeout', async () => {
  await withServer(
    () => undefined,
    async (port) => {
      const exchange = await clientOf(port, 0.1, true).send({}, 'new');
      expect(exchange).toMatchObject({ refused: 0, error: 'no answer in 0.1 s' });
    },
  );
});

test('reports an answer that breaks off as an error', async () => {
  await withServer(
    (_request, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('half');
      setTimeout(() => response.destroy(), 20);
    },
    async (port) => {
      const exchange = await clientOf(port, 2).send({}, 'new');
      expect(exchange).toEqual({ reused: false, refused: 0, status: 200, error: 'ECONNRESET' });
    },
  );
});
