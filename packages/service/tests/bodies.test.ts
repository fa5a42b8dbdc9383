import { once } from 'node:events';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { PATHS } from './support/inference-requests';
import { serviceWithFakeModel, type FakeModelService } from './support/fake-model';
import { PATIENT } from './support/service';

let app: FakeModelService;
let now: jest.SpiedFunction<typeof performance.now>;
beforeEach(async () => {
  // Time stands still, so that no body is slow on a busy machine.
  now = jest.spyOn(performance, 'now').mockReturnValue(0);
  app = await serviceWithFakeModel();
});
afterEach(() => {
  now.mockRestore();
  return app.close();
});

const MEBIBYTE = 2 ** 20;
const json = { 'content-type': 'application/json' };
const HEAD = 'POST /predict HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n';
const patient = JSON.stringify(PATIENT);
const bomb = {
  method: 'POST',
  headers: { 'content-encoding': 'gzip' },
  body: gzipSync(' '.repeat(MEBIBYTE)),
};
const large = (path = '/predict') =>
  app.request(path, { method: 'POST', headers: json, body: patient.padEnd(MEBIBYTE) });

/** Announces a body of 1 MiB and sends only some bytes of it. */
const started = (bytes: number) =>
  app.connect(`${HEAD}content-length: ${MEBIBYTE}\r\n\r\n${' '.repeat(bytes)}`);

/** Starts several bodies, and waits until the service has received them. */
async function allStarted(count: number, bytes: number): Promise<Socket[]> {
  const sockets = await Promise.all(Array.from({ length: count }, () => started(bytes)));
  await app.reaches(count + 1);
  return sockets;
}

/** Fills the memory with bodies that lack only their last byte. */
async function filled(): Promise<Socket[]> {
  const sockets = await allStarted(7, MEBIBYTE - 1);
  await answeredIn(503, large);
  return sockets;
}

async function answeredIn(
  status: number,
  request: () => Promise<{ readonly status: number }>,
): Promise<void> {
  while ((await request()).status !== status) {
    await sleep(5); // The service has not processed earlier requests.
  }
}

test('refuses large bodies with 503 when their memory is full, but accepts small ones', async () => {
  expect((await large()).status).toBe(200);
  const slow = await filled();
  const { status, headers, body } = await large();
  expect([status, headers.get('retry-after')]).toEqual([503, '1']);
  expect(body).toEqual({ error: expect.stringMatching(/^memory for request bodies is full/) as string });
  expect((await app.post('/predict', PATIENT)).status).toBe(200);

  slow.forEach((socket) => socket.destroy());
  await answeredIn(200, large);
});

test('counts chunked and compressed bodies as they grow', async () => {
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
  expect((await app.request(PATHS[0], bomb)).status).toBe(503);

  slow.forEach((socket) => socket.destroy());
  await answeredIn(200, large);
  expect((await inParts(MEBIBYTE)).status).toBe(200);
  expect((await inParts(2 * MEBIBYTE)).status).toBe(413);
  expect((await app.request(PATHS[0], bomb)).status).toBe(400);
});

test('an announced body takes no memory before it arrives', async () => {
  const silent = await allStarted(9, 0);
  expect((await large()).status).toBe(200);
  silent.forEach((socket) => socket.destroy());
});

test('a slow body loses its memory to one that needs it, and gets 503', async () => {
  const slow = await filled();
  const answers = slow.map((socket) => once(socket, 'data'));
  now.mockReturnValue(1000);
  expect((await large()).status).toBe(200);
  expect(String(await Promise.race(answers))).toMatch(/^HTTP\/1.1 503 [^]*memory for request bodies is full/);
  slow.forEach((socket) => socket.destroy());
});

test('of bodies that arrive together, those that fit are accepted', async () => {
  const statuses = await Promise.all(Array.from({ length: 12 }, async () => (await large()).status));
  expect(statuses.filter((status) => status === 200).length).toBeGreaterThanOrEqual(5);
  await answeredIn(200, large);
});

test('a body sent byte by byte counts with the overhead of its chunks', async () => {
  const bytewise = '1\r\n \r\n'.repeat(2 ** 15);
  const socket = await app.connect(`${HEAD}transfer-encoding: chunked\r\n\r\n${bytewise}`);
  expect(String(await once(socket, 'data'))).toMatch(/^HTTP\/1.1 503 /);
  socket.destroy();
});

test('releases memory however a request ends', async () => {
  for (let count = 0; count < 10; count += 1) {
    expect((await app.request(PATHS[0], bomb)).status).toBe(400);
    expect((await large('/nope')).status).toBe(404);
    (await started(MEBIBYTE - 1)).destroy();
  }
  await answeredIn(200, large);
});
