import type { Socket } from 'node:net';
import type { FastifyReply } from 'fastify';

/** What is to be called when a connection closes: of each request that is not over yet. */
const waiting = new WeakMap<Socket, Set<() => void>>();

/**
 * Calls back once, when a request's answer has been sent or its connection is gone. A response emits `close` for
 * both, but not one that waits behind another of its connection: of pipelined requests whose client leaves, Node
 * tells nothing but of the first.
 */
export function whenOver({ raw, request }: FastifyReply, over: () => void): void {
  const callbacks = callbacksOf(request.raw.socket);
  const once = () => {
    if (callbacks.delete(once)) {
      over();
    }
  };
  callbacks.add(once);
  raw.on('close', once);
}

function callbacksOf(socket: Socket): Set<() => void> {
  const known = waiting.get(socket);
  if (known) {
    return known;
  }
  const callbacks = new Set<() => void>();
  waiting.set(socket, callbacks);
  socket.once('close', () => {
    callbacks.forEach((callback) => {
      callback();
    });
  });
  return callbacks;
}
