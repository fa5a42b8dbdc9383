import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { ErrorBody } from '../openapi/operation';
import { InvalidRequest } from '../validation';
import { pathOf, refusalLog } from './refusals';
import { tellRequestId } from './request-ids';

/**
 * Makes the handler that answers every error with an {@link ErrorBody}, also those found before there is a route,
 * such as a URL that cannot be decoded. It tells the log, not the client, what broke in the service.
 */
export function errorHandler() {
  const logRefusal = refusalLog();
  return (error: FastifyError | InvalidRequest, request: FastifyRequest, reply: FastifyReply): void => {
    const status = error.statusCode ?? 500;
    // The service refuses with 503 what it has no room for; that is no fault.
    if (status < 500 || status === 503) {
      logRefusal(request, status, error);
    } else {
      request.log.error({ err: error, method: request.method, path: pathOf(request) }, 'request failed');
    }
    // Fastify runs no hooks for a request without a route.
    tellRequestId(reply);
    // Bytes, to which Fastify adds no charset: JSON has none, and KServe's client compares the whole type.
    void reply
      .code(status)
      .type('application/json')
      .send(Buffer.from(JSON.stringify(bodyFor(error, status))));
  };
}

function bodyFor(error: FastifyError | InvalidRequest, status: number): ErrorBody {
  if (error instanceof InvalidRequest) {
    return { error: error.message, details: error.problems };
  }
  if ('code' in error && error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') {
    return { error: 'the body must be JSON, sent with Content-Type: application/json' };
  }
  return { error: status >= 500 && status !== 503 ? 'internal error' : error.message };
}
