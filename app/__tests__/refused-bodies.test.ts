/** @jest-environment ./app/__tests__/onnx-environment.cjs */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { PATHS } from './inference';
import { service, type Service } from './service';

let app: Service;
beforeAll(async () => {
  app = await service();
});
afterAll(() => app.close());

const MEBIBYTES = 8;
const next = 'GET /livez HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n';

/** Sends everything before it reads anything, as most clients do. */
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

const chunk = Buffer.concat([Buffer.from('100000\r\n'), Buffer.alloc(2 ** 20), Buffer.from('\r\n')]);
const chunked = Buffer.concat([...Array.from({ length: MEBIBYTES }, () => chunk), Buffer.from('0\r\n\r\n')]);

test.each<[string, string, string, Buffer, RegExp]>([
  [
    'the protocol',
    PATHS[0],
    `content-length: ${MEBIBYTES * 2 ** 20}`,
    Buffer.alloc(MEBIBYTES * 2 ** 20),
    /^HTTP\/1\.1 413 /,
  ],
  ['the protocol, in chunks', PATHS[0], 'transfer-encoding: chunked', chunked, /^HTTP\/1\.1 413 /],
  [
    '/predict',
    '/predict',
    `content-length: ${MEBIBYTES * 2 ** 20}`,
    Buffer.alloc(MEBIBYTES * 2 ** 20),
    /^HTTP\/1\.1 413 /,
  ],
  ['an unknown model', '/v2/models/other/infer', 'transfer-encoding: chunked', chunked, /^HTTP\/1\.1 404 /],
])(
  'a client that sends %s 8 MiB is told why they are refused, and its connection lives',
  async (_what, path, length, body, status) => {
    const head = `POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n${length}\r\n\r\n`;
    const [refusal, health, ...others] = await answersTo(head, body);
    expect(refusal).toMatch(status);
    expect(refusal).toContain('{"error":"');
    expect(health).toMatch(/^HTTP\/1\.1 200 /);
    expect(others).toEqual([]);
  },
);
