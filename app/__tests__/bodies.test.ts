import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { PATHS } from './inference';
import { madeUp, type MadeUp } from './made-up';
import { PATIENT } from './service';

let app: MadeUp;
beforeEach(async () => {
  app = await madeUp();
});
afterEach(() => app.close());

const MEBIBYTE = 2 ** 20;
const json = { 'content-type': 'application/json' };
const patient = JSON.stringify(PATIENT);
const large = (path = '/predict') =>
  app.request(path, { method: 'POST', headers: json, body: patient.padEnd(MEBIBYTE) });

/** Announces as many bodies as there is room for, and sends nothing of them. */
async function announcedAll(): Promise<Socket[]> {
  const sockets = await Promise.all(Array.from({ length: 8 }, announced));
  while (!(await metrics()).includes('\nrest_server_requests_in_progress 9\n')) {
    // the service has still to hear of some
  }
  return sockets;
}

async function metrics(): Promise<string> {
  return (await fetch(`http://127.0.0.1:${app.port}/metrics`)).text();
}

async function announced(): Promise<Socket> {
  const socket = connect(app.port, '127.0.0.1');
  await once(socket, 'connect');
  socket.write(
    `POST /predict HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${MEBIBYTE}\r\n\r\n`,
  );
  return socket;
}

async function answeredIn(
  status: number,
  request: () => Promise<{ readonly status: number }>,
): Promise<void> {
  while ((await request()).status !== status) {
    // the service has still to hear of what came before
  }
}

test('large bodies that take too much together are refused with 503; small ones are not', async () => {
  expect((await large()).status).toBe(200);
  const slow = await announcedAll();
  const { status, headers, body } = await large();
  expect([status, headers.get('retry-after')]).toEqual([503, '1']);
  expect(body).toEqual({ error: expect.stringMatching(/^overloaded: the bodies/) as string });
  expect((await app.post('/predict', PATIENT)).status).toBe(200);

  slow.forEach((socket) => socket.destroy());
  await answeredIn(200, large);
});

test('bodies of unknown length and compressed ones are counted as they grow', async () => {
  const slow = await announcedAll();
  const inParts = (bytes: number) =>
    app.request('/predict', {
      method: 'POST',
      headers: json,
      body: new Blob([patient.padEnd(bytes)]).stream(),
      duplex: 'half',
    });
  expect((await inParts(1000)).status).toBe(200);
  expect((await inParts(MEBIBYTE)).status).toBe(503);
  const bomb = {
    method: 'POST',
    headers: { 'content-encoding': 'gzip' },
    body: gzipSync(' '.repeat(MEBIBYTE)),
  };
  expect((await app.request(PATHS[0], bomb)).status).toBe(503);

  slow.forEach((socket) => socket.destroy());
  await answeredIn(200, large);
  expect((await inParts(MEBIBYTE)).status).toBe(200);
  expect((await inParts(2 * MEBIBYTE)).status).toBe(413);
  expect((await app.request(PATHS[0], bomb)).status).toBe(400);
});

test('memory that was taken is given back, however a request ends', async () => {
  const bomb = {
    method: 'POST',
    headers: { 'content-encoding': 'gzip' },
    body: gzipSync(' '.repeat(MEBIBYTE)),
  };
  for (let count = 0; count < 20; count += 1) {
    expect((await app.request(PATHS[0], bomb)).status).toBe(400);
    expect((await large('/nope')).status).toBe(404);
    (await announced()).destroy();
  }
  await answeredIn(200, large);
});
