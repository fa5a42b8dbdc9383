import type { Socket } from 'node:net';
import fp from 'fastify-plugin';

export interface ConnectionOptions {
  /** Connections of which none has a request that waits for inference. */
  readonly maxConnections: number;
}

/**
 * Bounds the connections, and with them the memory that they take. A new one is always let in: it takes the place of
 * the one that has been longest without a whole request, be it idle, slow to send or slow to read its answer. So
 * clients that keep connections from others do not keep probes out. What waits for inference is bounded by its queue.
 *
 * @see https://en.wikipedia.org/wiki/Slowloris_(cyber_attack)
 */
export const connections = fp<ConnectionOptions>((app, { maxConnections }, done) => {
  /** The one that got its last answer longest ago is the first. */
  const waiting = new Set<Socket>();

  app.server.on('connection', (socket: Socket) => {
    waiting.add(socket);
    socket.once('close', () => waiting.delete(socket));
    const [longest] = waiting;
    if (waiting.size > maxConnections) {
      longest?.destroy();
    }
  });
  app.addHook('preHandler', ({ raw }, _reply, next) => {
    waiting.delete(raw.socket);
    next();
  });
  app.addHook('onSend', ({ raw }, _reply, payload, next) => {
    if (!raw.socket.destroyed) {
      waiting.delete(raw.socket);
      waiting.add(raw.socket);
    }
    next(null, payload);
  });
  done();
});
