import type { Socket } from 'node:net';
import fp from 'fastify-plugin';

interface ConnectionOptions {
  /** Connections without a request that waits for inference. */
  readonly maxConnections: number;
}

/**
 * Limits the number of connections, and so their memory. A new connection is always accepted. Beyond the limit it
 * replaces the connection that has gone longest without a complete request, because that one is idle, sends slowly or
 * reads slowly. So clients that hold connections cannot keep out probes. The queue limits requests in inference.
 *
 * @see https://en.wikipedia.org/wiki/Slowloris_(cyber_attack)
 */
export const connections = fp<ConnectionOptions>(
  (app, { maxConnections }, done) => {
    /** In the order of the last response; the first has waited longest. */
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
  },
  { name: 'connections' },
);
