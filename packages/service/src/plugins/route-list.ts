import fp from 'fastify-plugin';
import type { Route } from '../schemas/operation';

declare module 'fastify' {
  interface FastifyInstance {
    /** Every route; complete when the service is ready. */
    readonly routeList: readonly Route[];
  }
}

/** Collects every route that is registered after this plugin. */
export const routeList = fp(
  (app, _options, done) => {
    const routes: Route[] = [];
    app.decorate('routeList', routes);
    app.addHook('onRoute', ({ method, url, schema = {} }) => {
      routes.push(...[method].flat().map((one) => ({ method: one, url, schema })));
    });
    done();
  },
  { name: 'route-list' },
);
