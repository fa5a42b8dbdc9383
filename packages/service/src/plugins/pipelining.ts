import type { Socket } from 'node:net';
import fp from 'fastify-plugin';
import { onRequestEnd } from '../request-end';

/** Unanswered requests of one connection. Clients that pipeline send about ten. */
const MAX_PER_CONNECTION = 32;

/** Unanswered requests of all connections. Without pipelining there are no more than connections. */
const MAX_TOTAL = 4096;

/**
 * Closes a connection that pipelines too many requests. Node reads 64 KiB of requests at once, about 1,700; if the
 * client never reads the responses, eight connections fill a pod's memory.
 */
export const pipelining = fp(
  (app, _options, done) => {
    const unanswered = new WeakMap<Socket, number>();
    let total = 0;
    app.addHook('onRequest', ({ raw: { socket } }, reply, next) => {
      const own = (unanswered.get(socket) ?? 0) + 1;
      if (own > MAX_PER_CONNECTION || total >= MAX_TOTAL || socket.destroyed) {
        reply.hijack();
        socket.destroy();
        return;
      }
      unanswered.set(socket, own);
      total += 1;
      onRequestEnd(reply, () => {
        unanswered.set(socket, (unanswered.get(socket) ?? 1) - 1);
        total -= 1;
      });
      next();
    });
    done();
  },
  { name: 'pipelining' },
);
