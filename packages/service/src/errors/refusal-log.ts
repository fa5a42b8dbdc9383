import type { FastifyRequest } from 'fastify';
import { InvalidRequest } from './http-error';

/** Log lines per second for refused requests. Without the limit, a flood of them would fill the log and the CPU. */
const MAX_LINES_PER_SECOND = 10;

const MAX_LENGTH = 200;

/** Fastify’s own errors have a code. Their messages may quote the request. */
type Failure = Error & { readonly code?: string };

/** Creates the function that logs a refused request without its values, because these describe a patient. */
export function createRefusalLog() {
  let second = 0;
  let lines = 0;
  let unlogged = 0;
  return (request: FastifyRequest, status: number, error: Failure): void => {
    const current = Math.floor(Date.now() / 1000);
    if (current !== second) {
      second = current;
      lines = 0;
    }
    lines += 1;
    if (lines > MAX_LINES_PER_SECOND) {
      unlogged += 1;
      return;
    }
    const fields = { status, method: request.method, path: pathOf(request), reason: reasonOf(error) };
    request.log[status >= 500 ? 'warn' : 'info'](
      unlogged > 0 ? { ...fields, unlogged } : fields,
      'request refused',
    );
    unlogged = 0;
  };
}

/** Returns the path of a request for the log, without the query, which describes a patient. */
export function pathOf({ url }: FastifyRequest): string {
  const query = url.indexOf('?');
  return truncated(query < 0 ? url : url.slice(0, query));
}

function reasonOf(error: Failure): string {
  if (error instanceof InvalidRequest) {
    const fields = error.problems.map(({ field }) => (field === '' ? 'the body' : field));
    return truncated(`invalid: ${fields.join(', ')}`);
  }
  return truncated(error.code ?? error.message);
}

function truncated(text: string): string {
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text;
}
