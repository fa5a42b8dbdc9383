import type { IncomingMessage, ServerResponse } from 'node:http';
import fp from 'fastify-plugin';
import { HttpError } from '../errors/http-error';

/** Options of the HTTP server. It joins duplicate headers; by default Node keeps only the first Host. */
export const SERVER_OPTIONS = { joinDuplicateHeaders: true } as const;

/**
 * Refuses more than one Host (400), because a proxy may read another one than the service, and expectations other than
 * 100-continue (417), which Node would answer without a body.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9112.html#section-3.2
 * @see https://www.rfc-editor.org/rfc/rfc9110.html#section-10.1.1
 */
export const headers = fp(
  (app, _options, done) => {
    const unmet = new WeakSet<IncomingMessage>();
    app.server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) => {
      unmet.add(request);
      app.server.emit('request', request, response);
    });
    app.addHook('onRequest', ({ raw }, _reply, next) => {
      const { host, expect } = raw.headers;
      if (host?.includes(', ')) {
        next(new HttpError(400, `a request must have exactly one Host header, not ${host}`));
      } else if (expect !== undefined && unmet.has(raw)) {
        next(new HttpError(417, 'Expect must be 100-continue'));
      } else {
        next();
      }
    });
    done();
  },
  { name: 'headers', dependencies: ['metrics', 'request-ids'] },
);
