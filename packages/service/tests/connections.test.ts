import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { serviceWithFakeModel, type FakeModelService } from './support/fake-model';
import { PATIENT, queryOf } from './support/service';

describe('the limit of connections', () => {
  const sockets: Socket[] = [];
  let app: FakeModelService;
  let answer: () => void;
  beforeEach(async () => {
    const answered = new Promise<void>((resolve) => (answer = resolve));
    app = await serviceWithFakeModel('silent', () => answered.then(() => [0.25]), { MAX_CONNECTIONS: '3' });
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

  /** Sends a probe on a new connection. */
  async function probed(): Promise<string> {
    return text(await connected('GET /readyz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n'));
  }

  const body = JSON.stringify(PATIENT);
  const PREDICT = `POST /predict HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`;

  test.each([
    ['idle', ''],
    ['slow to send its head', 'GET /readyz HT'],
    ['slow to send its body', PREDICT.slice(0, -10)],
  ])('a connection beyond the limit replaces the one that has been longest %s', async (_what, sends) => {
    const [first, second, third] = [await connected(sends), await connected(sends), await connected(sends)];
    const closed = once(first.resume(), 'close');
    expect(await probed()).toMatch(/^HTTP\/1.1 200 /);
    await closed;
    expect([second.destroyed, third.destroyed]).toEqual([false, false]);
  });

  test('keeps a connection whose request waits for inference', async () => {
    const predicted = text(await connected(PREDICT));
    while (!(await inProgress(2))) {
      // The service has not read it yet.
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
});

describe('pipelining', () => {
  let app: FakeModelService;
  beforeEach(async () => {
    app = await serviceWithFakeModel('silent', () => new Promise<never>(() => undefined));
  });
  afterEach(() => app.close());

  async function inProgress(): Promise<number> {
    const metrics = await (await fetch(`http://127.0.0.1:${app.port}/metrics`)).text();
    return Number(/^rest_server_requests_in_progress (\d+)$/m.exec(metrics)?.[1]);
  }

  async function becomes(count: number): Promise<void> {
    while ((await inProgress()) !== count) {
      // The service has not noticed yet.
    }
  }

  test('ends all pipelined requests of a client that disconnects', async () => {
    const socket = connect(app.port, '127.0.0.1');
    await once(socket, 'connect');
    const slow = `GET /predict?${queryOf(PATIENT)} HTTP/1.1\r\nhost: x\r\n\r\n`;
    socket.write(slow + 'GET /livez HTTP/1.1\r\nhost: x\r\n\r\n'.repeat(9));
    await becomes(11);
    socket.destroy();
    await becomes(1);
  });

  const health = (count: number) => 'GET /livez HTTP/1.1\r\nhost: x\r\n\r\n'.repeat(count);

  test('answers 30 pipelined requests in order', async () => {
    const socket = connect(app.port, '127.0.0.1');
    socket.write(`${health(29)}GET /livez HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`);
    expect((await text(socket)).match(/HTTP\/1.1 200 /g)).toHaveLength(30);
  });

  test('closes a connection that pipelines thousands of requests, and answers others', async () => {
    const socket = connect(app.port, '127.0.0.1').on('error', () => undefined);
    // `once` of node:events would reject on a reset, which is one way to close the connection.
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.write(health(5000));
    socket.resume();
    await closed;
    await becomes(1);
  });
});
