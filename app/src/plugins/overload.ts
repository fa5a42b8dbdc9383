import fp from 'fastify-plugin';
import { Overloaded } from '../inference/refusals';

export interface OverloadOptions {
  readonly queue: { readonly full: boolean };
}

/** Seconds, the least that the header can say: the queue empties faster. */
const RETRY_AFTER = '1';

/**
 * Refuses predictions while the queue is full, before their bodies are read, and tells every client that was
 * refused for want of room when to come again.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110.html#section-15.6.4
 */
export const overload = fp<OverloadOptions>((app, { queue }, done) => {
  app.addHook('onRequest', (request, _reply, next) => {
    if (queue.full && request.routeOptions.config.infers) {
      next(new Overloaded('queue_full'));
    } else {
      next();
    }
  });
  app.addHook('onError', (_request, reply, error, next) => {
    if (error instanceof Overloaded) {
      void reply.header('retry-after', RETRY_AFTER);
    }
    next();
  });
  done();
});
