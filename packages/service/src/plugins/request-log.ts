import fp from 'fastify-plugin';
import { pathOf } from '../errors/refusal-log';

/** Logs one line per request at level debug. Above debug it adds no hook: probes alone would fill the log. */
export const requestLog = fp(
  (app, _options, done) => {
    if (app.log.level === 'debug' || app.log.level === 'trace') {
      app.addHook('onResponse', (request, reply, next) => {
        const { method, ip } = request;
        const { statusCode: status, elapsedTime: ms } = reply;
        request.log.debug({ method, path: pathOf(request), ip, status, ms }, 'request');
        next();
      });
    }
    done();
  },
  { name: 'request-log' },
);
