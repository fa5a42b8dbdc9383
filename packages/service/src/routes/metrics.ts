import { Type } from '@sinclair/typebox';
import type { FastifyPluginCallback } from 'fastify';
import { content } from '../schemas/operation';

const schema = {
  summary: 'Metrics of requests, model, event loop and memory, for Prometheus',
  tags: ['operation'] as const,
  response: { 200: content('text/plain', Type.String()) },
};

/**
 * `GET /metrics`, in Prometheus' text format. OpenMetrics is not offered, because prom-client would rename the
 * counters of both formats.
 */
export const metricsRoutes: FastifyPluginCallback = (app, _options, done) => {
  app.get('/metrics', { schema }, async (_request, reply) => {
    void reply.type(app.metrics.contentType);
    return app.metrics.metrics();
  });
  done();
};
