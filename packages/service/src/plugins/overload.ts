import fp from 'fastify-plugin';
import { Counter, Gauge, type Registry } from 'prom-client';
import type { Classifier } from '../inference/classifier';
import { OVERLOADS, Overloaded } from '../inference/refusals';

export type OverloadOptions = Pick<Classifier, 'card' | 'queue'>;

/** Seconds, the least that the header can say: the queue empties faster. */
const RETRY_AFTER = '1';

/**
 * Refuses predictions while the queue is full, before their bodies are read, and tells every client that was
 * refused for want of room when to come again. Register it after the metrics.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110.html#section-15.6.4
 */
export const overload = fp<OverloadOptions>((app, options, done) => {
  const { queue } = options;
  const count = rejections(app.metrics, options);
  app.addHook('onRequest', (request, _reply, next) => {
    if (queue.full && request.routeOptions.config.infers) {
      next(new Overloaded('queue_full'));
    } else {
      next();
    }
  });
  app.addHook('onError', (_request, reply, error, next) => {
    if (error instanceof Overloaded) {
      count(error);
      void reply.header('retry-after', RETRY_AFTER);
    }
    next();
  });
  done();
});

/** What Prometheus is told of the queue. @returns counts a request that was refused */
function rejections(registry: Registry, { card, queue }: OverloadOptions) {
  const registers = [registry];
  const model = { model: card.name, version: card.version };
  const labelNames = Object.keys(model);
  new Gauge({
    registers,
    name: 'model_infer_requests_pending',
    help: 'Inference requests that wait for the model',
    labelNames,
    collect() {
      this.set(model, queue.length);
    },
  });
  const rejected = new Counter({
    registers,
    name: 'model_infer_request_rejected_total',
    help: 'Inference requests that were refused because too much waited, or they waited too long',
    labelNames: [...labelNames, 'reason'],
  });
  OVERLOADS.forEach((reason) => {
    rejected.inc({ ...model, reason }, 0);
  });
  return ({ reason }: Overloaded) => {
    rejected.inc({ ...model, reason });
  };
}
