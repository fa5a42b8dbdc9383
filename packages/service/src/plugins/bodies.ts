import { Transform } from 'node:stream';
import fp from 'fastify-plugin';
import type { Overloaded } from '../inference/refusals';
import { whenOver } from '../when-over';
import { BodyRoom, SMALL_BODY, type Share } from './body-room';

declare module 'fastify' {
  interface FastifyRequest {
    /** Takes room for a body that grew, as by decompression. @throws Overloaded if there is none */
    takeRoom: ((bytes: number) => void) | null;
  }
}

/** What a part of a body takes beside its bytes: who sends it byte by byte would fill memory with buffers of one. */
const BYTES_OF_A_PART = 256;

/**
 * Bounds the memory that bodies take, from their first byte to the end of their answers. Beyond it a large one is
 * refused, before it is sent if its length is announced; small ones are let in always. Large ones are handed on one
 * by one: to parse a mebibyte may take a tenth of a second, and probes are answered in between.
 */
export const bodies = fp((app, _options, done) => {
  const room = new BodyRoom();
  const inTurn = turns();
  app.decorateRequest('takeRoom', null);
  app.addHook('preParsing', (request, reply, payload, next) => {
    const { headers, routeOptions } = request;
    const length = Number(headers['content-length'] ?? 0);
    const mayGrow = headers['transfer-encoding'] !== undefined || headers['content-encoding'] !== undefined;
    if ((length <= SMALL_BODY && !mayGrow) || length > routeOptions.bodyLimit) {
      next(null, payload);
      return;
    }
    const share = room.share((error) => large.destroy(error));
    const large = new LargeBody(share, inTurn);
    whenOver(reply, share.release);
    request.takeRoom = share.take;
    try {
      share.expect(length);
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
   * @param share of the room, for each part
   * @param inTurn calls back when the body may end
   */
  constructor(share: Share, inTurn: (turn: () => void) => void) {
    super({
      transform: (part: Buffer, _encoding, pass) => {
        try {
          share.take(part.length + BYTES_OF_A_PART);
          pass(null, part);
        } catch (error) {
          pass(error as Overloaded);
        }
      },
      flush: (end) => {
        share.whole();
        inTurn(end);
      },
    });
    // It may be refused when nobody reads it any more.
    this.on('error', () => undefined);
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
