import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { PATHS } from './inference';
import { madeUp, type MadeUp } from './made-up';
import { PATIENT } from './service';

let app: MadeUp;
let now: jest.SpiedFunction<typeof performance.now>;
beforeEach(async () => {
  // No body is slow, however busy the machine is.
  now = jest.spyOn(performance, 'now').mockReturnValue(0);
  app = await madeUp();
});
afterEach(() => {
  now.mockRestore();
  return app.close();
});

const MEBIBYTE = 2 ** 20;
const json = { 'content-type': 'application/json' };
const patient = JSON.stringify(PATIENT);
const large = (path = '/predict') =>
  app.request(path, { method: 'POST', headers: json, body: patient.padEnd(MEBIBYTE) });

/** Sends the head of a body, and of the body so many bytes. */
async function begun(bytes: number, body = Buffer.alloc(bytes, ' ')): Promise<Socket> {
  const socket = connect(app.port, '127.0.0.1');
  await once(socket, 'connect');
  socket.write(
    `POST /predict HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${MEBIBYTE}\r\n\r\n`,
  );
  socket.write(body);
  return socket;
}

/** Begins so many bodies, and waits until the service knows. */
async function allBegun(count: number, bytes: number): Promise<Socket[]> {
  const sockets = await Promise.all(Array.from({ length: count }, () => begun(bytes)));
  while (!(await metrics()).includes(`\nrest_server_requests_in_progress ${count + 1}\n`)) {
    // the service has still to hear of some
  }
  return sockets;
}

/** Of as many bodies as there is room for, sends all but the last byte. */
async function filled(): Promise<Socket[]> {
  const sockets = await allBegun(7, MEBIBYTE - 1);
  await answeredIn(503, large);
  return sockets;
}

async function metrics(): Promise<string> {
  return (await fetch(`http://127.0.0.1:${app.port}/metrics`)).text();
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
  const slow = await filled();
  const { status, headers, body } = await large();
  expect([status, headers.get('retry-after')]).toEqual([503, '1']);
  expect(body).toEqual({ error: expect.stringMatching(/^overloaded: the bodies/) as string });
  expect((await app.post('/predict', PATIENT)).status).toBe(200);

  slow.forEach((socket) => socket.destroy());
  await answeredIn(200, large);
});

test('bodies of unknown length and compressed ones are counted as they grow', async () => {
  const slow = await filled();
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

test('who announces bodies and sends none of them takes no room from others', async () => {
  const silent = await allBegun(9, 0);
  expect((await large()).status).toBe(200);
  silent.forEach((socket) => socket.destroy());
});

test('a body that has been on its way for long gives its place to one that needs it, and is told so', async () => {
  const slow = await filled();
  const answers = slow.map((socket) => once(socket, 'data'));
  now.mockReturnValue(1000);
  expect((await large()).status).toBe(200);
  expect(String(await Promise.race(answers))).toMatch(/^HTTP\/1.1 503 [^]*overloaded: the bodies/);
  slow.forEach((socket) => socket.destroy());
});

test('of bodies that come together, as many are answered as there is room for', async () => {
  const statuses = await Promise.all(Array.from({ length: 20 }, async () => (await large()).status));
  expect(statuses.filter((status) => status === 200).length).toBeGreaterThanOrEqual(5);
  await answeredIn(200, large);
});

test('a body that is sent byte by byte counts as the memory that it takes', async () => {
  const socket = connect(app.port, '127.0.0.1');
  await once(socket, 'connect');
  const bytewise = '1\r\n \r\n'.repeat(2 ** 15);
  socket.write(
    `POST /predict HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n${bytewise}`,
  );
  expect(String(await once(socket, 'data'))).toMatch(/^HTTP\/1.1 503 /);
  socket.destroy();
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
    (await begun(MEBIBYTE / 2)).destroy();
  }
  await answeredIn(200, large);
});
