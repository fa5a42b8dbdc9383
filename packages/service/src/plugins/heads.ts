import type { IncomingMessage, ServerResponse } from 'node:http';
import fp from 'fastify-plugin';

class RefusedHead extends Error {
  constructor(
    readonly statusCode: 400 | 417,
    message: string,
  ) {
    super(message);
  }
}

/** Given to the HTTP server, so that a second Host is seen without a search: of some headers, Node drops all but the first. */
export const JOINED_HEADERS = { joinDuplicateHeaders: true } as const;

/**
 * Refuses requests whose head can be read, but not be granted: more than one Host (400), for two readers may take
 * each another; and what is expected beyond 100-continue (417), which Node would answer without a body.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9112.html#section-3.2
 * @see https://www.rfc-editor.org/rfc/rfc9110.html#section-10.1.1
 */
export const heads = fp((app, _options, done) => {
  const unmet = new WeakSet<IncomingMessage>();
  app.server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) => {
    unmet.add(request);
    app.server.emit('request', request, response);
  });
  app.addHook('onRequest', ({ raw }, _reply, next) => {
    const { host, expect } = raw.headers;
    if (host?.includes(', ')) {
      next(new RefusedHead(400, 'a request must have one Host'));
    } else if (expect !== undefined && unmet.has(raw)) {
      next(new RefusedHead(417, 'nothing can be expected but 100-continue'));
    } else {
      next();
    }
  });
  done();
});
