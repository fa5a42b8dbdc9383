import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Tally } from './tally';
import type { Target } from './target';

const INFER = 'POST /v2/models/heart-disease/infer HTTP/1.1\r\nHost: x\r\n';

/** How a client holds a connection that it does nothing useful with. */
const KINDS = {
  'a head, byte by byte': { first: 'GET / HTTP/1.1\r\nHost: x\r\nX: ', drip: 'x' },
  'a body, byte by byte': { first: `${INFER}Content-Length: 1000000\r\n\r\n`, drip: ' ' },
  'chunks, byte by byte': { first: `${INFER}Transfer-Encoding: chunked\r\n\r\n`, drip: '1\r\n \r\n' },
  'half a head, then nothing': { first: 'GET / HTTP/1.1\r\nHost:', drip: '' },
  'half a body, then nothing': { first: `${INFER}Content-Length: 100\r\n\r\n{`, drip: '' },
  nothing: { first: '', drip: '' },
} as const;

const CONNECTIONS = 40;
const DRIP_EVERY = 1_000;

/** What became of the connections of one kind. */
export interface Slow {
  readonly kind: string;
  readonly connections: number;
  /** Those that the service ended. */
  readonly ended: number;
  /** Seconds until the last of those. */
  readonly seconds: number;
}

/**
 * Holds connections open while the other requests are sent, until `over`.
 *
 * The service ends them all, after its request timeout; that is looked at once in 30 s.
 */
export async function holdSlowConnections(
  target: Target,
  over: Promise<void>,
  tally: Tally,
): Promise<Slow[]> {
  return Promise.all(
    Object.entries(KINDS).map(async ([kind, { first, drip }]) => {
      const start = performance.now();
      const ends: number[] = [];
      const sockets = await Promise.all(Array.from({ length: CONNECTIONS }, () => open(target)));
      for (const socket of sockets) {
        socket.write(first);
        socket.once('close', () => ends.push(performance.now()));
        tally.count('slow', 'held', 'http', kind);
      }
      const timer = setInterval(() => {
        sockets.filter(({ writable }) => writable && drip !== '').forEach((socket) => socket.write(drip));
      }, DRIP_EVERY);
      await over;
      clearInterval(timer);
      const seconds = Math.round((Math.max(start, ...ends) - start) / 1000);
      const slow = { kind, connections: CONNECTIONS, ended: ends.length, seconds };
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

/** Requests that are asked for on and on by a client that reads no answer: what is kept for it has to be bounded. */
export async function flood(target: Target, seconds: number, tally: Tally): Promise<void> {
  const request = Buffer.from('GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(500));
  const sockets = await Promise.all(Array.from({ length: 10 }, () => open(target)));
  const end = performance.now() + seconds * 1000;
  for (const socket of sockets) {
    socket.pause();
  }
  while (performance.now() < end) {
    for (const socket of sockets.filter(({ writableLength }) => writableLength < 1e6)) {
      socket.write(request);
      tally.count('flood', 'unread', 'http', 'pipelined and never read');
    }
    await sleep(50);
  }
  sockets.forEach((socket) => socket.destroy());
}
