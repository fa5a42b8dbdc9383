import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import fp from 'fastify-plugin';

declare module 'fastify' {
  interface FastifyInstance {
    /** Answers on for the given time, telling clients to connect elsewhere, then closes with no request cut. */
    drain(seconds: number): Promise<void>;
  }
}

/**
 * A pod's address leaves its Service some time after the pod is told to end, so that new requests still come.
 * They are answered with `Connection: close`: a connection that ends so cannot cut the request after it.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination-flow
 */
export const drain = fp((app, _options, done) => {
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
    // Node takes a connection that never sent a byte for a busy one, and would wait for it.
    [...sockets].filter(({ bytesRead }) => bytesRead === 0).forEach((socket) => socket.destroy());
    await closed;
  });
  done();
});
