import fp from 'fastify-plugin';

/**
 * Reads on, and throws away, what is left of a body that was refused before its end. Fastify would close the
 * connection instead; closed on data that nobody read it is reset, and a client that is still sending never learns
 * of the 413. How long it may send is bounded by the request timeout. Register it before what closes connections.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9112.html#section-9.6
 */
export const refusedBodies = fp((app, _options, done) => {
  app.addHook('onSend', ({ raw }, reply, payload, next) => {
    if (!raw.complete) {
      if (reply.hasHeader('connection')) {
        // Of one that it does not have, Node would forget its own.
        reply.removeHeader('connection');
      }
      // What it was on its way to would take no more of it.
      raw.unpipe();
      raw.resume();
    }
    next(null, payload);
  });
  done();
});
