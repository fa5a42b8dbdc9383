import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { madeUp, type MadeUp } from './made-up';
import { PATIENT } from './service';

const sockets: Socket[] = [];
let app: MadeUp;
let answer: () => void;
beforeEach(async () => {
  const told = new Promise<void>((resolve) => (answer = resolve));
  app = await madeUp('silent', () => told.then(() => [0.25]), { MAX_CONNECTIONS: '3' });
});
afterEach(() => {
  sockets.forEach((socket) => socket.destroy());
  return app.close();
});

async function connected(sends = ''): Promise<Socket> {
  const socket = connect(app.port, '127.0.0.1');
  sockets.push(socket);
  await once(socket, 'connect');
  socket.write(sends);
  return socket;
}

/** Asks what a probe asks, on a connection of its own. */
async function probed(): Promise<string> {
  return text(await connected('GET /readyz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n'));
}

const body = JSON.stringify(PATIENT);
const PREDICT = `POST /predict HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`;

test.each([
  ['idle', ''],
  ['slow to send its head', 'GET /readyz HT'],
  ['slow to send its body', PREDICT.slice(0, -10)],
])(
  'a connection beyond the limit takes the place of the one that has been longest %s',
  async (_what, sends) => {
    const [first, second, third] = [await connected(sends), await connected(sends), await connected(sends)];
    const closed = once(first.resume(), 'close');
    expect(await probed()).toMatch(/^HTTP\/1.1 200 /);
    await closed;
    expect([second.destroyed, third.destroyed]).toEqual([false, false]);
  },
);

test('a connection whose request waits for inference keeps its place', async () => {
  const predicted = text(await connected(PREDICT));
  while (!(await inProgress(2))) {
    // the service has still to read it
  }
  for (let count = 0; count < 10; count += 1) {
    expect(await probed()).toMatch(/^HTTP\/1.1 200 /);
    await connected();
  }
  answer();
  expect(await predicted).toMatch(/^HTTP\/1.1 200 [^]*"probability":0.25/);
});

async function inProgress(count: number): Promise<boolean> {
  const metrics = await (await fetch(`http://127.0.0.1:${app.port}/metrics`)).text();
  return metrics.includes(`\nrest_server_requests_in_progress ${count}\n`);
}
