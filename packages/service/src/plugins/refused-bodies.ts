import fp from 'fastify-plugin';

/**
 * Reads and discards the rest of a body that was refused before its end. Fastify would close the connection; the
 * unread data would reset it, and a client that is still sending would never see the 413. The request timeout limits
 * how long the client may send.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9112.html#section-9.6
 */
export const refusedBodies = fp(
  (app, _options, done) => {
    app.addHook('onSend', ({ raw }, reply, payload, next) => {
      if (!raw.complete) {
        if (reply.hasHeader('connection')) {
          // removeHeader() on an unset header would also suppress Node's own Connection header.
          reply.removeHeader('connection');
        }
        // The body parser has stopped reading, so its pipe would stop the stream.
        raw.unpipe();
        raw.resume();
      }
      next(null, payload);
    });
    done();
  },
  { name: 'refused-bodies' },
);
