import fp from 'fastify-plugin';

class NoSuchRoute extends Error {
  constructor(
    readonly statusCode: 404 | 405,
    message: string,
  ) {
    super(message);
  }
}

/**
 * Answers 404 for an unknown path, and 405 with `Allow` for a known one. Both before the body is read, whose
 * own faults (415, 413) would hide them. Register it before the routes.
 */
export const unknownRoutes = fp((app, _options, done) => {
  const known = new Map<string, { readonly path: RegExp; readonly methods: Set<string> }>();

  app.addHook('onRoute', ({ url, method }) => {
    const route = known.get(url) ?? { path: pattern(url), methods: new Set() };
    [method].flat().forEach((one) => route.methods.add(one));
    known.set(url, route);
  });

  app.addHook('onRequest', (request, reply, next) => {
    if (!request.is404) {
      next();
      return;
    }
    const [path = ''] = request.url.split('?', 1);
    const allow = [...known.values()]
      .filter((route) => route.path.test(path))
      .flatMap(({ methods }) => [...methods]);
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
