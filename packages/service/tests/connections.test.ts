import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { serviceWithFakeModel, type FakeModelService } from './support/fake-model';
import { PATIENT, queryOf, type Service } from './support/service';
import { PATHS } from './support/inference-requests';

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
    const socket = await app.connect(sends);
    sockets.push(socket);
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
    await app.reaches(2);
    for (let count = 0; count < 10; count += 1) {
      expect(await probed()).toMatch(/^HTTP\/1.1 200 /);
      await connected();
    }
    answer();
    expect(await predicted).toMatch(/^HTTP\/1.1 200 [^]*"probability":0.25/);
  });
});

describe('pipelining', () => {
  let app: FakeModelService;
  beforeEach(async () => {
    app = await serviceWithFakeModel('silent', () => new Promise<never>(() => undefined));
  });
  afterEach(() => app.close());

  const health = (count: number) => 'GET /livez HTTP/1.1\r\nhost: x\r\n\r\n'.repeat(count);

  test('ends all pipelined requests of a client that disconnects', async () => {
    const slow = `GET /predict?${queryOf(PATIENT)} HTTP/1.1\r\nhost: x\r\n\r\n`;
    const socket = await app.connect(slow + health(9));
    await app.reaches(11);
    socket.destroy();
    await app.reaches(1);
  });

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
    await app.reaches(1);
  });
});

describe('refused bodies', () => {
  let app: Service;
  beforeAll(async () => {
    app = await serviceWithFakeModel();
  });
  afterAll(() => app.close());

  const MEBIBYTES = 8;
  const next = 'GET /livez HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n';

  /** Sends everything before it reads anything, like most clients. */
  async function answersTo(head: string, body: Buffer): Promise<string[]> {
    const socket: Socket = connect(app.port, '127.0.0.1');
    const chunks: Buffer[] = [];
    socket.pause();
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.write(head);
    await new Promise<void>((resolve, reject) => {
      socket.write(body, (error) => {
        if (error) {
          reject(error);
        } else {
          resolve();
        }
      });
    });
    socket.write(next);
    socket.resume();
    await once(socket, 'end');
    socket.destroy();
    return Buffer.concat(chunks)
      .toString()
      .split(/(?=HTTP\/1\.1 )/);
  }

  const BYTES = MEBIBYTES * 2 ** 20;
  const chunk = Buffer.concat([Buffer.from('100000\r\n'), Buffer.alloc(2 ** 20), Buffer.from('\r\n')]);
  const inChunks = Buffer.concat([
    ...Array.from({ length: MEBIBYTES }, () => chunk),
    Buffer.from('0\r\n\r\n'),
  ]);

  const CHUNKED = 'transfer-encoding: chunked';
  const lengthOf = (bytes: number) => `content-length: ${bytes}`;
  const json = 'content-type: application/json';
  const text = 'content-type: text/plain';

  test.each<[string, string, string, string[], Buffer, number]>([
    ['8 MiB', 'the protocol', PATHS[0], [json, lengthOf(BYTES)], Buffer.alloc(BYTES), 413],
    ['8 MiB in chunks', 'the protocol', PATHS[0], [json, CHUNKED], inChunks, 413],
    ['8 MiB', '/predict', '/predict', [json, lengthOf(BYTES)], Buffer.alloc(BYTES), 413],
    ['8 MiB in chunks', 'an unknown model', '/v2/models/other/infer', [json, CHUNKED], inChunks, 404],
    ['8 MiB of another type, in chunks,', '/predict', '/predict', [text, CHUNKED], inChunks, 415],
    [
      'half a MiB of another type',
      '/predict',
      '/predict',
      [text, lengthOf(2 ** 19)],
      Buffer.alloc(2 ** 19),
      415,
    ],
    [
      'half a MiB of no type',
      'the protocol',
      PATHS[0],
      ['content-type: x/', lengthOf(2 ** 19)],
      Buffer.alloc(2 ** 19),
      415,
    ],
  ])(
    'a client that sends %s to %s gets the error, and keeps its connection',
    async (_what, _where, path, headers, body, status) => {
      const head = [`POST ${path} HTTP/1.1`, 'host: x', ...headers, '', ''].join('\r\n');
      const [refusal, health, ...others] = await answersTo(head, body);
      expect(refusal).toContain(`HTTP/1.1 ${status} `);
      expect(refusal).toContain('{"error":"');
      expect(health).toMatch(/^HTTP\/1\.1 200 /);
      expect(others).toEqual([]);
    },
  );
});
