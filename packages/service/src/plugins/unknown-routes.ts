import fp from 'fastify-plugin';
import type { Route } from '../openapi/document';

class NoSuchRoute extends Error {
  constructor(
    readonly statusCode: 404 | 405,
    message: string,
  ) {
    super(message);
  }
}

export interface UnknownRoutesOptions {
  /** Every route, once the service is ready. */
  readonly routes: readonly Route[];
}

/**
 * Answers 404 for an unknown path, and 405 with `Allow` for a known one. Both before the body is read, whose
 * own faults (415, 413) would hide them. Register it before the routes.
 */
export const unknownRoutes = fp<UnknownRoutesOptions>((app, { routes }, done) => {
  let known: readonly { readonly path: RegExp; readonly method: string }[] = [];
  app.addHook('onReady', (ready) => {
    known = routes.map(({ url, method }) => ({ path: pattern(url), method }));
    ready();
  });

  app.addHook('onRequest', (request, reply, next) => {
    if (!request.is404) {
      next();
      return;
    }
    const [path = ''] = request.url.split('?', 1);
    const allow = known.filter((route) => route.path.test(path)).map(({ method }) => method);
    if (allow.length === 0) {
      next(new NoSuchRoute(404, `there is no ${path} here`));
      return;
    }
    void reply.header('allow', allow.sort().join(', '));
    next(new NoSuchRoute(405, `${request.method} is not allowed for ${path}, but ${allow.join(', ')}`));
  });
  done();
});

/** Matches the paths of a route such as `/models/:name/infer`. */
function pattern(url: string): RegExp {
  const parts = url
    .split('/')
    .map((part) => (part.startsWith(':') ? '[^/]+' : part.replace(/[^\w-]/g, '\\$&')));
  return new RegExp(`^${parts.join('/')}$`);
}
