import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { ErrorBody } from '../schemas/error';
import { InvalidRequest } from './http-error';
import { createRefusalLog, pathOf } from './refusal-log';

/**
 * Creates the handler that sends an {@link ErrorBody} for every error, including errors before routing such as an
 * undecodable URL. Internal errors are logged with their stack, and the client gets only "internal error".
 */
export function createErrorHandler() {
  const logRefusal = createRefusalLog();
  return (error: FastifyError | InvalidRequest, request: FastifyRequest, reply: FastifyReply): void => {
    const status = error.statusCode ?? 500;
    // 503 is the overload response, not a fault.
    if (status < 500 || status === 503) {
      logRefusal(request, status, error);
    } else {
      request.log.error({ err: error, method: request.method, path: pathOf(request) }, 'request failed');
    }
    // Again, because Fastify runs no hooks for a request that failed before routing.
    void reply.header('x-request-id', request.id);
    // A Buffer, because Fastify would append a charset to a string; KServe's client compares the whole Content-Type.
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
    return { error: 'the body must be JSON with Content-Type: application/json' };
  }
  return { error: status >= 500 && status !== 503 ? 'internal error' : error.message };
}
