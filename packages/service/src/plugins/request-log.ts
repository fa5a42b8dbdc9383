import fp from 'fastify-plugin';
import { pathOf } from './refusals';

/** One line a request, at level debug: a busy service has better uses for its CPU, and probes fill the log. */
export const requestLog = fp((app, _options, done) => {
  if (app.log.level === 'debug' || app.log.level === 'trace') {
    app.addHook('onResponse', (request, reply, next) => {
      const { method, ip } = request;
      const fields = { method, path: pathOf(request), ip, status: reply.statusCode, ms: reply.elapsedTime };
      request.log.debug(fields, 'request');
      next();
    });
  }
  done();
});
