import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import fp from 'fastify-plugin';

/** Characters that need no escaping in a log line, a header or a search field. */
const VALID_ID = /^[\w.:+/=@-]{1,128}$/;

/** Returns the caller's `x-request-id`, or a new one if the header is missing or invalid. */
export function requestId({ headers }: IncomingMessage): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && VALID_ID.test(given) ? given : randomUUID();
}

/**
 * Sends the id of each request in its response. It sends no `traceresponse`, which is a draft; a caller that traces
 * knows its own trace id.
 *
 * @see https://w3c.github.io/trace-context/#trace-context-http-response-headers-format
 */
export const requestIds = fp(
  (app, _options, done) => {
    app.addHook('onRequest', (request, reply, next) => {
      void reply.header('x-request-id', request.id);
      next();
    });
    done();
  },
  { name: 'request-ids' },
);
