import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { InvalidRequest, type Problem } from '../validation';

/** The body of every answer that is no success, whoever found the fault. */
export interface ErrorBody {
  readonly error: string;
  /** Of an invalid request: each field's problem. */
  readonly details?: readonly Problem[];
}

/** Answers every error with an {@link ErrorBody}; tells the log, not the client, what broke in the service. */
export const errors = fp((app, _options, done) => {
  app.setErrorHandler(answerError);
  done();
});

/** For faults found before there is a route, such as a URL that cannot be decoded, too. */
export function answerError(
  error: FastifyError | InvalidRequest,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const status = error.statusCode ?? 500;
  if (status >= 500) {
    request.log.error({ err: error, method: request.method, url: request.url }, 'request failed');
  }
  void reply.code(status).send(bodyFor(error, status));
}

function bodyFor(error: FastifyError | InvalidRequest, status: number): ErrorBody {
  if (error instanceof InvalidRequest) {
    return { error: error.message, details: error.problems };
  }
  if ('code' in error && error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') {
    return { error: 'the body must be JSON, sent with Content-Type: application/json' };
  }
  return { error: status >= 500 ? 'internal error' : error.message };
}
