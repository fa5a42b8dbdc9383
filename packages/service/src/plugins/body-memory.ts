import { Transform } from 'node:stream';
import fastq from 'fastq';
import fp from 'fastify-plugin';
import type { Overloaded } from '../errors/http-error';
import { MemoryBudget, SMALL_BODY, type Reservation } from '../memory-budget';
import { onRequestEnd } from '../request-end';

declare module 'fastify' {
  interface FastifyRequest {
    /** Reserves memory for a body that grew, such as by decompression. @throws Overloaded if there is none */
    reserveMemory: ((bytes: number) => void) | null;
  }
}

/** Overhead of a chunk in bytes. Without it, a body sent byte by byte would fill memory with buffers of one byte. */
const BYTES_PER_CHUNK = 256;

/**
 * Limits the memory of request bodies, from their first byte to the end of their responses. Beyond the limit a large
 * body is refused, before it is sent if it has a Content-Length; a small one is always accepted. Large bodies are
 * parsed one per turn of the event loop: parsing 1 MiB can take 0.1 s, and probes are answered between two.
 */
export const bodyMemory = fp(
  (app, _options, done) => {
    const budget = new MemoryBudget();
    // One parse per turn of the event loop.
    const turns = fastq<unknown, () => void>((parse, parsed) => {
      setImmediate(() => {
        parse();
        parsed(null);
      });
    }, 1);
    app.decorateRequest('reserveMemory', null);
    app.addHook('preParsing', (request, reply, payload, next) => {
      const { headers, routeOptions } = request;
      const length = Number(headers['content-length'] ?? 0);
      const mayGrow = headers['transfer-encoding'] !== undefined || headers['content-encoding'] !== undefined;
      if ((length <= SMALL_BODY && !mayGrow) || length > routeOptions.bodyLimit) {
        next(null, payload);
        return;
      }
      const reservation = budget.open((error) => body.destroy(error));
      const body = new LargeBody(reservation, turns);
      onRequestEnd(reply, reservation.release);
      request.reserveMemory = reservation.take;
      try {
        reservation.check(length);
        next(null, payload.pipe(body));
      } catch (error) {
        next(error as Overloaded);
      }
    });
    done();
  },
  { name: 'body-memory' },
);

/** Passes a body through, reserves memory for each chunk, and ends when it is its turn to be parsed. */
class LargeBody extends Transform {
  constructor(reservation: Reservation, turns: fastq.queue<() => void>) {
    super({
      transform: (chunk: Buffer, _encoding, pass) => {
        try {
          reservation.take(chunk.length + BYTES_PER_CHUNK);
          pass(null, chunk);
        } catch (error) {
          pass(error as Overloaded);
        }
      },
      flush: (end) => {
        reservation.complete();
        turns.push(end);
      },
    });
    // The budget may refuse it when nobody listens for errors any more.
    this.on('error', () => undefined);
  }
}
