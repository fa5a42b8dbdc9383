import type { Socket } from 'node:net';
import type { FastifyReply } from 'fastify';

/** Callbacks of the unfinished requests of each connection. */
const pending = new WeakMap<Socket, Set<() => void>>();

/**
 * Calls back once: when the response has been sent, or the connection is closed. The response's own `close` event is
 * not enough: if the client of pipelined requests disconnects, Node emits it only for the first of them.
 */
export function onRequestEnd({ raw, request }: FastifyReply, callback: () => void): void {
  const callbacks = callbacksOf(request.raw.socket);
  const once = () => {
    if (callbacks.delete(once)) {
      callback();
    }
  };
  callbacks.add(once);
  raw.on('close', once);
}

function callbacksOf(socket: Socket): Set<() => void> {
  const known = pending.get(socket);
  if (known) {
    return known;
  }
  const callbacks = new Set<() => void>();
  pending.set(socket, callbacks);
  socket.once('close', () => {
    callbacks.forEach((callback) => {
      callback();
    });
  });
  return callbacks;
}
