import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { PATHS } from './support/inference-requests';
import { serviceWithFakeModel } from './support/fake-model';
import type { Service } from './support/service';

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
const inChunks = Buffer.concat([...Array.from({ length: MEBIBYTES }, () => chunk), Buffer.from('0\r\n\r\n')]);

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
