import { Type } from '@sinclair/typebox';
import fp from 'fastify-plugin';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry, Summary } from 'prom-client';
import type { ModelCard } from '../model/card';
import { content } from '../openapi/operation';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether the route predicts, and so counts among the model's requests. */
    readonly infers?: boolean;
  }
}

export interface MetricsOptions {
  readonly build: string;
  readonly card: ModelCard;
}

/** In seconds; a prediction takes about a millisecond, a batch on a busy pod some hundred. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

/**
 * `GET /metrics` for Prometheus, with the names and labels of MLServer: of the protocol's servers, the one with a
 * histogram of durations and a count of requests under way, and without a vendor's prefix. A path is the route's
 * pattern, so that no client can add series. Register it before what refuses requests, to count those too.
 *
 * @see https://github.com/SeldonIO/MLServer/blob/master/docs/user-guide/metrics.md
 */
export const metrics = fp<MetricsOptions>((app, { build, card }, done) => {
  const registry = new Registry();
  const registers = [registry];
  const model = { model: card.name, version: card.version };
  const ofModel = { registers, labelNames: ['model', 'version'] };
  const success = new Counter({
    ...ofModel,
    name: 'model_infer_request_success_total',
    help: 'Inference requests that were answered with a prediction',
  });
  const failure = new Counter({
    ...ofModel,
    name: 'model_infer_request_failure_total',
    help: 'Inference requests that were refused or failed',
  });
  const inference = new Summary({
    ...ofModel,
    name: 'model_infer_request_duration',
    help: 'Seconds that inference requests took',
    percentiles: [],
  });
  const requests = new Counter({
    registers,
    name: 'rest_server_requests_total',
    help: 'Requests by route and status',
    labelNames: ['method', 'path', 'status_code'],
  });
  const duration = new Histogram({
    registers,
    name: 'rest_server_request_duration_seconds',
    help: 'Seconds from a request’s head to the end of its answer',
    labelNames: ['method', 'path', 'status_code'],
    buckets: BUCKETS,
  });
  const inProgress = new Gauge({
    registers,
    name: 'rest_server_requests_in_progress',
    help: 'Requests under way',
  });
  new Gauge({
    registers,
    name: 'model_info',
    help: 'The model that is served, and the build that serves it',
    labelNames: ['model', 'version', 'sha256', 'build'],
  }).set({ ...model, sha256: card.sha256, build }, 1);
  // From the start, so that a rate over the first failure is not missed.
  success.inc(model, 0);
  failure.inc(model, 0);
  collectDefaultMetrics({ register: registry });

  app.addHook('onRequest', (_request, reply, next) => {
    inProgress.inc();
    // Unlike onResponse, it comes also when the client is gone.
    reply.raw.once('close', () => {
      inProgress.dec();
    });
    next();
  });
  app.addHook('onResponse', (request, reply, next) => {
    const { url: path = 'unknown', config } = request.routeOptions;
    const seconds = reply.elapsedTime / 1000;
    const labels = { method: request.method, path, status_code: reply.statusCode };
    requests.inc(labels);
    duration.observe(labels, seconds);
    if (config.infers) {
      (reply.statusCode < 400 ? success : failure).inc(model);
      inference.observe(model, seconds);
    }
    next();
  });
  const summary = 'Requests, durations, model, event loop and memory, for Prometheus';
  const response = { 200: content('text/plain', Type.String()) };
  app.get('/metrics', { schema: { summary, tags: ['operation'], response } }, async (_request, reply) => {
    void reply.type(registry.contentType);
    return registry.metrics();
  });
  done();
});
