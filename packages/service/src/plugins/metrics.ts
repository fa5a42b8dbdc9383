import type { FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { CLIENT_CLOSED_REQUEST } from '../errors/http-error';
import { createInferenceMetrics } from '../inference/metrics';
import type { ModelCard } from '../model/card';
import { onRequestEnd } from '../request-end';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether the route predicts, so that its requests count as the model's. @default false */
    readonly infers?: boolean;
  }
  interface FastifyInstance {
    /** Registry of all metrics. A label must have few values, and none may come from a client. */
    readonly metrics: Registry;
  }
}

interface MetricsOptions {
  readonly build: string;
  readonly card: ModelCard;
}

/** In seconds. A prediction takes about 1 ms, a batch on a busy pod about 100 ms. */
const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

/**
 * Counts and times requests, with the names and labels of MLServer. Of the protocol's servers, only MLServer has a
 * histogram of durations and a count of requests in progress, without a vendor prefix. A path is the route's pattern
 * and a method is one that HTTP defines, so that clients cannot add series.
 *
 * @see https://github.com/SeldonIO/MLServer/blob/master/docs/user-guide/metrics.md
 */
export const metrics = fp<MetricsOptions>(
  (app, { build, card }, done) => {
    const registry = new Registry();
    collectDefaultMetrics({ register: registry });
    app.decorate('metrics', registry);
    const duration = createDuration(registry);
    const countInference = createInferenceMetrics(registry, { build, card, buckets });
    let inProgress = 0;
    new Gauge({
      registers: [registry],
      name: 'rest_server_requests_in_progress',
      help: 'Requests in progress',
      collect() {
        this.set(inProgress);
      },
    });

    const methods = new Set(app.supportedMethods);
    function count({ method, routeOptions }: FastifyRequest, reply: FastifyReply): void {
      const { url: path = 'unknown', config } = routeOptions;
      const status = reply.raw.writableFinished ? reply.statusCode : CLIENT_CLOSED_REQUEST;
      const labels = { method: methods.has(method) ? method : 'other', path, status_code: status };
      const seconds = reply.elapsedTime / 1000;
      duration.observe(labels, seconds);
      // A request for another model is not a failure of this model.
      if (config.infers && status !== 404 && status !== CLIENT_CLOSED_REQUEST) {
        countInference(seconds, status < 400);
      }
    }
    app.addHook('onRequest', (request, reply, next) => {
      inProgress += 1;
      // Not onResponse, which Fastify skips if the client has disconnected.
      onRequestEnd(reply, () => {
        inProgress -= 1;
        count(request, reply);
      });
      next();
    });
    done();
  },
  // A request that pipelining drops has no response, and is not counted.
  { name: 'metrics', dependencies: ['pipelining'] },
);

/**
 * Registers the histogram of durations, and the counter of requests, which is derived from the histogram at each
 * scrape: a second labelled observation would cost each request half a microsecond.
 */
function createDuration(registry: Registry) {
  const registers = [registry];
  const labelNames = ['method', 'path', 'status_code'];
  const duration = new Histogram({
    registers,
    name: 'rest_server_request_duration_seconds',
    help: 'Seconds from the head of a request to the end of its response',
    labelNames,
    buckets,
  });
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
  return duration;
}
