import { Transform } from 'node:stream';
import fp from 'fastify-plugin';
import { Overloaded } from '../inference/refusals';
import { whenOver } from '../when-over';

declare module 'fastify' {
  interface FastifyRequest {
    /** Takes room for a body that grew, as by decompression. @throws Overloaded if there is none */
    takeRoom: ((bytes: number) => void) | null;
  }
}

/** Bytes of a body that takes no more than its connection does, and so needs no room of its own. */
const SMALL_BODY = 2 ** 14;

/** Bytes of all larger bodies together. To parse as much JSON keeps probes waiting for some tenths of a second. */
const ROOM = 2 ** 23;

/**
 * Bounds the memory that bodies take, from their first byte to the end of their answers. Beyond it a large one is
 * refused, before it is sent if its length is announced; small ones are let in always.
 */
export const bodies = fp((app, _options, done) => {
  let taken = 0;
  app.decorateRequest('takeRoom', null);
  app.addHook('preParsing', (request, reply, payload, next) => {
    const { headers, routeOptions } = request;
    const length = Number(headers['content-length'] ?? 0);
    const isChunked = headers['transfer-encoding'] !== undefined;
    const isPlain = headers['content-encoding'] === undefined && !isChunked;
    if ((isPlain && length <= SMALL_BODY) || length > routeOptions.bodyLimit) {
      next(null, payload);
      return;
    }
    let own = 0;
    const take = (bytes: number) => {
      if (own + bytes > SMALL_BODY && taken + bytes > ROOM) {
        throw new Overloaded('bodies_full');
      }
      own += bytes;
      taken += bytes;
    };
    whenOver(reply, () => {
      taken -= own;
    });
    request.takeRoom = take;
    try {
      take(length);
      next(null, isChunked ? payload.pipe(counted(take)) : payload);
    } catch (error) {
      next(error as Overloaded);
    }
  });
  done();
});

/** Takes room for each part of a body when it comes. */
function counted(take: (bytes: number) => void): Transform {
  return new Transform({
    transform(chunk: Buffer, _encoding, pass) {
      try {
        take(chunk.length);
        pass(null, chunk);
      } catch (error) {
        pass(error as Overloaded);
      }
    },
  });
}
