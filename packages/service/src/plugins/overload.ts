import fp from 'fastify-plugin';
import { Counter, Gauge, type Registry } from 'prom-client';
import { OVERLOAD_REASONS, Overloaded } from '../errors/http-error';
import type { Classifier } from '../inference/classifier';

type OverloadOptions = Pick<Classifier, 'card' | 'queue'>;

/** Seconds; the smallest value that the header allows. The queue empties faster. */
const RETRY_AFTER = '1';

/**
 * Refuses predictions while the queue is full, before their bodies are read. Adds Retry-After to every overload
 * response, and counts these.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110.html#section-15.6.4
 */
export const overload = fp<OverloadOptions>(
  (app, options, done) => {
    const { queue } = options;
    const countRefusal = createRefusalMetrics(app.metrics, options);
    app.addHook('onRequest', (request, _reply, next) => {
      if (queue.full && request.routeOptions.config.infers) {
        next(new Overloaded('queue_full'));
      } else {
        next();
      }
    });
    app.addHook('onError', (_request, reply, error, next) => {
      if (error instanceof Overloaded) {
        countRefusal(error);
        void reply.header('retry-after', RETRY_AFTER);
      }
      next();
    });
    done();
  },
  { name: 'overload', dependencies: ['metrics'] },
);

function createRefusalMetrics(registry: Registry, { card, queue }: OverloadOptions) {
  const registers = [registry];
  const model = { model: card.name, version: card.version };
  const labelNames = Object.keys(model);
  new Gauge({
    registers,
    name: 'model_infer_requests_pending',
    help: 'Inference requests waiting in the queue',
    labelNames,
    collect() {
      this.set(model, queue.length);
    },
  });
  const rejected = new Counter({
    registers,
    name: 'model_infer_request_rejected_total',
    help: 'Inference requests refused with 503, by reason',
    labelNames: [...labelNames, 'reason'],
  });
  OVERLOAD_REASONS.forEach((reason) => {
    rejected.inc({ ...model, reason }, 0);
  });
  return ({ reason }: Overloaded) => {
    rejected.inc({ ...model, reason });
  };
}
