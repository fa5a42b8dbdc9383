import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { madeUp, type MadeUp } from './made-up';
import { PATIENT, queryOf } from './service';

let app: MadeUp;
beforeEach(async () => {
  app = await madeUp('silent', () => new Promise<never>(() => undefined));
});
afterEach(() => app.close());

async function inProgress(): Promise<number> {
  const metrics = await (await fetch(`http://127.0.0.1:${app.port}/metrics`)).text();
  return Number(/^rest_server_requests_in_progress (\d+)$/m.exec(metrics)?.[1]);
}

async function becomes(count: number): Promise<void> {
  while ((await inProgress()) !== count) {
    // the service has still to hear of it
  }
}

test('pipelined requests whose client leaves are over, also those whose answers waited behind the first', async () => {
  const socket = connect(app.port, '127.0.0.1');
  await once(socket, 'connect');
  const slow = `GET /predict?${queryOf(PATIENT)} HTTP/1.1\r\nhost: x\r\n\r\n`;
  socket.write(slow + 'GET /livez HTTP/1.1\r\nhost: x\r\n\r\n'.repeat(9));
  await becomes(11);
  socket.destroy();
  await becomes(1);
});

const health = (count: number) => 'GET /livez HTTP/1.1\r\nhost: x\r\n\r\n'.repeat(count);

test('thirty pipelined requests are answered in turn', async () => {
  const socket = connect(app.port, '127.0.0.1');
  socket.write(`${health(29)}GET /livez HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`);
  expect((await text(socket)).match(/HTTP\/1.1 200 /g)).toHaveLength(30);
});

test('a connection over which thousands are pipelined is closed, and others are answered', async () => {
  const socket = connect(app.port, '127.0.0.1').on('error', () => undefined);
  const closed = once(socket, 'close');
  socket.write(health(5000));
  socket.resume();
  await closed;
  await becomes(1);
});
