import fp from 'fastify-plugin';

/** One line a request, at level debug: a busy service has better uses for its CPU, and probes fill the log. */
export const requestLog = fp((app, _options, done) => {
  if (app.log.level === 'debug' || app.log.level === 'trace') {
    app.addHook('onResponse', (request, reply, next) => {
      const { method, url, ip } = request;
      request.log.debug({ method, url, ip, status: reply.statusCode, ms: reply.elapsedTime }, 'request');
      next();
    });
  }
  done();
});
