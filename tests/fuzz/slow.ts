import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { INFER, type Target } from './client';
import type { Report, Slow } from './report';

const POST = `POST ${INFER} HTTP/1.1\r\nHost: x\r\n`;

/** What a client sends first, and then once a second. */
const KINDS = {
  'a head, byte by byte': { first: 'GET / HTTP/1.1\r\nHost: x\r\nX: ', drip: 'x' },
  'a body, byte by byte': { first: `${POST}Content-Length: 1000000\r\n\r\n`, drip: ' ' },
  'chunks, byte by byte': { first: `${POST}Transfer-Encoding: chunked\r\n\r\n`, drip: '1\r\n \r\n' },
  'half a head, then nothing': { first: 'GET / HTTP/1.1\r\nHost:', drip: '' },
  'half a body, then nothing': { first: `${POST}Content-Length: 100\r\n\r\n{`, drip: '' },
  nothing: { first: '', drip: '' },
} as const;

const CONNECTIONS = 40;
const DRIP_EVERY_MS = 1_000;

/** Holds connections open until `over`. The service closes them after its request timeout, checked every 30 s. */
export function holdConnections(target: Target, over: AbortSignal, report: Report): Promise<Slow[]> {
  return Promise.all(
    Object.entries(KINDS).map(async ([kind, { first, drip }]) => {
      const start = performance.now();
      const closed: number[] = [];
      const sockets = await Promise.all(Array.from({ length: CONNECTIONS }, () => open(target)));
      for (const socket of sockets) {
        socket.write(first);
        socket.once('close', () => closed.push(performance.now()));
        report.count('slow', 'held');
      }
      while (!over.aborted) {
        await sleep(DRIP_EVERY_MS);
        sockets.filter(({ writable }) => writable && drip !== '').forEach((socket) => socket.write(drip));
      }
      const after = Math.round((Math.max(start, ...closed) - start) / 1000);
      const slow = { kind, connections: CONNECTIONS, closed: closed.length, after };
      sockets.forEach((socket) => socket.destroy());
      return slow;
    }),
  );
}

async function open(target: Target): Promise<Socket> {
  const socket = connect(target);
  socket.on('error', () => socket.destroy());
  socket.resume();
  await once(socket, 'connect');
  return socket;
}

/** Pipelines requests from clients that read no response. What the service keeps for them must be bounded. */
export async function flood(target: Target, seconds: number, report: Report): Promise<void> {
  const requests = Buffer.from('GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(500));
  const sockets = await Promise.all(Array.from({ length: 10 }, () => open(target)));
  sockets.forEach((socket) => socket.pause());
  const end = performance.now() + seconds * 1000;
  while (performance.now() < end) {
    for (const socket of sockets.filter(({ writableLength }) => writableLength < 1e6)) {
      socket.write(requests);
      report.count('flood', 'unread');
    }
    await sleep(50);
  }
  sockets.forEach((socket) => socket.destroy());
}
