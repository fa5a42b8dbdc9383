import type { FastifyRequest } from 'fastify';
import { InvalidRequest } from '../validation';

/** Lines a second about refused requests, so that who sends many fills neither the log nor the CPU with them. */
const MOST_LINES = 10;

const LONGEST_TEXT = 200;

/** Fastify’s own errors have a code, whose message may cite the request. */
type Failure = Error & { readonly code?: string };

/** Logs refused requests: what the client is told, less the values that it sent, which describe a patient. */
export function refusalLog() {
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
    if (lines > MOST_LINES) {
      unlogged += 1;
      return;
    }
    const fields = { status, method: request.method, path: pathOf(request), reason: reason(error) };
    request.log[status >= 500 ? 'warn' : 'info'](
      unlogged > 0 ? { ...fields, unlogged } : fields,
      'request refused',
    );
    unlogged = 0;
  };
}

/** Without the query, which describes a patient. */
export function pathOf({ url }: FastifyRequest): string {
  const query = url.indexOf('?');
  return brief(query < 0 ? url : url.slice(0, query));
}

function reason(error: Failure): string {
  if (error instanceof InvalidRequest) {
    const fields = error.problems.map(({ field }) => (field === '' ? 'the body' : field));
    return brief(`invalid: ${fields.join(', ')}`);
  }
  return brief(error.code ?? error.message);
}

function brief(text: string): string {
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text;
}
