import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import fp from 'fastify-plugin';

declare module 'fastify' {
  interface FastifyInstance {
    /** Answers requests for the given seconds with `Connection: close`, then closes without cutting a request. */
    drain(seconds: number): Promise<void>;
  }
}

/**
 * A pod's address leaves its Service some time after SIGTERM, so new requests still arrive. Their responses have
 * `Connection: close`: a client that closes its connection sends no further request to this pod.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination-flow
 */
export const drain = fp(
  (app, _options, done) => {
    let draining = false;
    const sockets = new Set<Socket>();
    app.server.on('connection', (socket: Socket) => {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
    });

    app.addHook('onSend', (_request, reply, payload, next) => {
      if (draining) {
        void reply.header('connection', 'close');
      }
      next(null, payload);
    });

    app.decorate('drain', async (seconds: number) => {
      draining = true;
      if (app.server.listening) {
        await sleep(seconds * 1000);
      }
      const closed = app.close();
      // Node counts a connection that never sent a byte as busy and would wait for it.
      [...sockets].filter(({ bytesRead }) => bytesRead === 0).forEach((socket) => socket.destroy());
      await closed;
    });
    done();
  },
  // Both set Connection in onSend, and closing must win.
  { name: 'drain', dependencies: ['refused-bodies'] },
);
