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
const SMALL_BODY = 2 ** 13;

/** Bytes of all larger bodies together. */
const ROOM = 2 ** 23;

/**
 * Bounds the memory that bodies take, from their first byte to the end of their answers. Beyond it a large one is
 * refused, before it is sent if its length is announced; small ones are let in always. Large ones are handed on one
 * by one: to parse a mebibyte may take a tenth of a second, and probes are answered in between.
 */
export const bodies = fp((app, _options, done) => {
  let taken = 0;
  const inTurn = turns();
  app.decorateRequest('takeRoom', null);
  app.addHook('preParsing', (request, reply, payload, next) => {
    const { headers, routeOptions } = request;
    const length = Number(headers['content-length'] ?? 0);
    const isChunked = headers['transfer-encoding'] !== undefined;
    const mayGrow = isChunked || headers['content-encoding'] !== undefined;
    if ((length <= SMALL_BODY && !mayGrow) || length > routeOptions.bodyLimit) {
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
      const large = new LargeBody(isChunked ? take : () => undefined, inTurn);
      next(null, payload.pipe(large));
    } catch (error) {
      next(error as Overloaded);
    }
  });
  done();
});

/** A body on its way, which ends when it is its turn. */
class LargeBody extends Transform {
  /**
   * @param take told of the length of each part
   * @param inTurn calls back when the body may end
   */
  constructor(take: (bytes: number) => void, inTurn: (turn: () => void) => void) {
    super({
      transform: (part: Buffer, _encoding, pass) => {
        try {
          take(part.length);
          pass(null, part);
        } catch (error) {
          pass(error as Overloaded);
        }
      },
      flush: inTurn,
    });
  }
}

/** Lets the event loop do everything else that there is to do between one turn and the next. */
function turns(): (turn: () => void) => void {
  const waiting: (() => void)[] = [];
  let scheduled = false;
  const schedule = () => {
    if (!scheduled && waiting.length > 0) {
      scheduled = true;
      setImmediate(next);
    }
  };
  const next = () => {
    scheduled = false;
    waiting.shift()?.();
    schedule();
  };
  return (turn) => {
    waiting.push(turn);
    schedule();
  };
}
