import type { Socket } from 'node:net';
import fp from 'fastify-plugin';
import { whenOver } from '../when-over';

/** Requests of one connection that wait for their answers. Clients that pipeline at all send some ten. */
const MOST = 32;

/** Requests of all connections; without pipelining there are no more than connections. */
const MOST_IN_ALL = 4096;

/**
 * Closes a connection over which too many requests come before their answers are taken. Node reads 64 KiB of them at
 * once, some 1,700, whose answers to a client that reads none would fill a pod's memory over eight connections.
 */
export const pipelining = fp((app, _options, done) => {
  const waiting = new WeakMap<Socket, number>();
  let inAll = 0;
  app.addHook('onRequest', ({ raw: { socket } }, reply, next) => {
    const own = (waiting.get(socket) ?? 0) + 1;
    if (own > MOST || inAll >= MOST_IN_ALL || socket.destroyed) {
      reply.hijack();
      socket.destroy();
      return;
    }
    waiting.set(socket, own);
    inAll += 1;
    whenOver(reply, () => {
      waiting.set(socket, (waiting.get(socket) ?? 1) - 1);
      inAll -= 1;
    });
    next();
  });
  done();
});
