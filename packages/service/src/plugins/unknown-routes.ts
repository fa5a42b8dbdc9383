import fp from 'fastify-plugin';
import { HttpError } from '../errors/http-error';

/**
 * Answers 404 for an unknown path, and 405 with `Allow` for a known path with another method. Both come before the
 * body is read; otherwise an error of the body, such as 415, would hide them.
 */
export const unknownRoutes = fp(
  (app, _options, done) => {
    let known: readonly { readonly path: RegExp; readonly method: string }[] = [];
    app.addHook('onReady', (ready) => {
      known = app.routeList.map(({ url, method }) => ({ path: pattern(url), method }));
      ready();
    });

    app.addHook('onRequest', (request, reply, next) => {
      if (!request.is404) {
        next();
        return;
      }
      const [path = ''] = request.url.split('?', 1);
      const allowed = known.filter((route) => route.path.test(path)).map(({ method }) => method);
      if (allowed.length === 0) {
        next(new HttpError(404, `unknown path ${path}`));
        return;
      }
      const list = allowed.sort().join(', ');
      void reply.header('allow', list);
      next(new HttpError(405, `${path} does not support ${request.method}; it supports ${list}`));
    });
    done();
  },
  { name: 'unknown-routes', dependencies: ['route-list', 'metrics', 'request-ids'] },
);

/** Returns the pattern of a route's paths, such as those of `/models/:name/infer`. */
function pattern(url: string): RegExp {
  const parts = url
    .split('/')
    .map((part) => (part.startsWith(':') ? '[^/]+' : part.replace(/[^\w-]/g, '\\$&')));
  return new RegExp(`^${parts.join('/')}$`);
}
