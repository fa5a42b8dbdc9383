import { Type } from '@sinclair/typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { ModelCard } from '../model/card';
import { content } from '../openapi/operation';
import { whenOver } from '../when-over';
import { inferenceMetrics } from './inference-metrics';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether the route predicts, and so counts among the model's requests. */
    readonly infers?: boolean;
  }
  interface FastifyInstance {
    /** Where metrics are registered. A label's values must be few, and none may come from a client. */
    readonly metrics: Registry;
  }
}

export interface MetricsOptions {
  readonly build: string;
  readonly card: ModelCard;
}

/** In seconds; a prediction takes about a millisecond, a batch on a busy pod some hundred. */
const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

/** Of a request whose client went away before the answer. @see https://nginx.org/en/docs/dev/development_guide.html */
const CLIENT_GONE = 499;

/**
 * `GET /metrics` for Prometheus, with the names and labels of MLServer: of the protocol's servers, the one with a
 * histogram of durations and a count of requests under way, and without a vendor's prefix. A path is the route's
 * pattern and a method one that HTTP names, so that no client can add series. Register it before what refuses
 * requests, to count those too.
 *
 * The format is Prometheus' text alone: prom-client's OpenMetrics renames the counters of the other format for good.
 *
 * @see https://github.com/SeldonIO/MLServer/blob/master/docs/user-guide/metrics.md
 */
export const metrics = fp<MetricsOptions>((app, { build, card }, done) => {
  const registry = new Registry();
  const registers = [registry];
  const labelNames = ['method', 'path', 'status_code'];
  const duration = new Histogram({
    registers,
    name: 'rest_server_request_duration_seconds',
    help: 'Seconds from a request’s head to the end of its answer',
    labelNames,
    buckets,
  });
  // Each observation or count by its labels takes prom-client half a microsecond; what follows from another metric,
  // or has no labels, is told when it is asked for.
  new Counter({
    registers,
    name: 'rest_server_requests_total',
    help: 'Requests by route and status',
    labelNames,
    async collect() {
      const { values } = await duration.get();
      this.reset();
      values
        .filter(({ metricName }) => metricName?.endsWith('_count'))
        .forEach(({ labels, value }) => {
          this.inc(labels, value);
        });
    },
  });
  let underWay = 0;
  new Gauge({
    registers,
    name: 'rest_server_requests_in_progress',
    help: 'Requests under way',
    collect() {
      this.set(underWay);
    },
  });
  const countInference = inferenceMetrics(registry, { build, card, buckets });
  collectDefaultMetrics({ register: registry });
  app.decorate('metrics', registry);

  const methods = new Set(app.supportedMethods);
  function count({ method, routeOptions }: FastifyRequest, reply: FastifyReply): void {
    const { url: path = 'unknown', config } = routeOptions;
    const status = reply.raw.writableFinished ? reply.statusCode : CLIENT_GONE;
    const labels = { method: methods.has(method) ? method : 'other', path, status_code: status };
    const seconds = reply.elapsedTime / 1000;
    duration.observe(labels, seconds);
    // What was asked of another model is no failure of this one.
    if (config.infers && status !== 404 && status !== CLIENT_GONE) {
      countInference(seconds, status < 400);
    }
  }

  app.addHook('onRequest', (request, reply, next) => {
    underWay += 1;
    // Unlike Fastify's onResponse, it comes also when the client is gone.
    whenOver(reply, () => {
      underWay -= 1;
      count(request, reply);
    });
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
