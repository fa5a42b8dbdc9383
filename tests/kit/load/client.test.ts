import { setTimeout as sleep } from 'node:timers/promises';
import { Client, KEPT_CONNECTIONS } from './client';
import { question } from './questions';
import { right, withServer } from './service';

const asked = question(0);

test('kept connections are used in turn, each by all that comes after; new ones are for one request', async () => {
  await withServer(right, async (port, server) => {
    let connections = 0;
    server.on('connection', () => connections++);
    const client = new Client({ host: '127.0.0.1', port, timeoutSeconds: 2 });
    const send = async (kind: 'kept' | 'new') => (await client.send(asked, kind)).reused;
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

test('a port that nobody listens on refuses, and the request is not tried again', async () => {
  const port = await withServer(right, (found) => Promise.resolve(found));
  const client = new Client({ host: '127.0.0.1', port, timeoutSeconds: 2 });
  expect(await client.send(asked, 'kept')).toEqual({ reused: false, refused: 1, error: 'ECONNREFUSED' });
});

test('where asked to, a request whose connection is refused goes over another one', async () => {
  const port = await withServer(right, (found) => Promise.resolve(found));
  const client = new Client({ host: '127.0.0.1', port, timeoutSeconds: 10, reconnects: true });
  const answer = client.send(asked, 'new');
  await sleep(50);
  await withServer(
    right,
    async () => {
      const { status, refused } = await answer;
      expect(status).toBe(200);
      expect(refused).toBeGreaterThan(0);
    },
    port,
  );
});

test('a request without an answer in time is given up, and was not refused', async () => {
  await withServer(
    () => undefined,
    async (port) => {
      const client = new Client({ host: '127.0.0.1', port, timeoutSeconds: 0.1, reconnects: true });
      expect(await client.send(asked, 'new')).toMatchObject({ refused: 0, error: 'no answer in 0.1 s' });
    },
  );
});

test('an answer that breaks off is none', async () => {
  await withServer(
    (_request, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('half');
      setTimeout(() => response.destroy(), 20);
    },
    async (port) => {
      const client = new Client({ host: '127.0.0.1', port, timeoutSeconds: 2 });
      expect(await client.send(asked, 'new')).toEqual({
        reused: false,
        refused: 0,
        status: 200,
        error: 'ECONNRESET',
      });
    },
  );
});
