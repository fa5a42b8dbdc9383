import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { FastifyBaseLogger, FastifyReply } from 'fastify';
import fp from 'fastify-plugin';
import { LazyLogger } from '../lazy-logger';
import { traceContext } from '../trace-context';

/** What a log line, a header and a search field bear as it is. */
const SANE = /^[\w.:+/=@-]{1,128}$/;

/** The caller's `x-request-id`, or a new one if it sent none or one that is over 128 characters or has odd ones. */
export function requestId({ headers }: IncomingMessage): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && SANE.test(given) ? given : randomUUID();
}

/** A request's logger: each of its lines has the request's ids. */
export function requestLogger(
  logger: FastifyBaseLogger,
  { request_id = '' }: { readonly request_id?: string },
  _options: unknown,
  { headers }: IncomingMessage,
): FastifyBaseLogger {
  return new LazyLogger(logger, () => ({ request_id, ...traceContext(headers['traceparent']) }));
}

/** Tells the client under which id the log knows its request. */
export function tellRequestId(reply: FastifyReply): void {
  void reply.header('x-request-id', reply.request.id);
}

/**
 * Answers every request with its id. There is no `traceresponse`, which is a draft: a caller that traces has sent the
 * trace's id.
 *
 * @see https://w3c.github.io/trace-context/#trace-context-http-response-headers-format
 */
export const requestIds = fp((app, _options, done) => {
  app.addHook('onRequest', (_request, reply, next) => {
    tellRequestId(reply);
    next();
  });
  done();
});
