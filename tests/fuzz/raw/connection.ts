import { connect } from 'node:net';
import type { Target } from '../client';

/** What arrived over a connection, and how the connection ended. */
export interface Exchange {
  readonly bytes: Buffer;
  readonly ended: 'closed' | 'reset' | 'silent';
}

/** Without a byte for this long, no response is expected. */
const QUIET_MS = 200;
/** A server must close a half-closed connection within this time. */
const PATIENCE_MS = 5_000;

/**
 * Sends bytes over a connection of their own, and reads until the responses are complete or nothing
 * more arrives. Only then closes its side: Node discards the responses to a client that closes earlier.
 */
export function exchange(
  target: Target,
  bytes: Buffer,
  isComplete: (received: Buffer) => boolean = () => false,
): Promise<Exchange> {
  return new Promise((resolve) => {
    let received = Buffer.alloc(0);
    const socket = connect(target);
    const end = (ended: Exchange['ended']): void => {
      socket.destroy();
      resolve({ bytes: received, ended });
    };
    const halfClose = (): void => {
      socket.end();
      socket.setTimeout(PATIENCE_MS, () => {
        end('silent');
      });
    };
    socket.write(bytes, () => {
      socket.setTimeout(QUIET_MS, halfClose);
    });
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      if (isComplete(received)) halfClose();
    });
    socket.on('end', () => {
      end('closed');
    });
    // A server may close while it is still being sent to.
    socket.on('error', () => {
      end('reset');
    });
  });
}

/** Returns the statuses of the responses, without 100. @throws Error if the bytes do not begin with a response */
export function statusesIn(bytes: Buffer): number[] {
  const responses = bytes.toString('latin1');
  if (bytes.length > 0 && !/^HTTP\/1\.1 \d{3} /.test(responses)) {
    throw new Error(`not a response: ${responses.slice(0, 200)}`);
  }
  return [...responses.matchAll(/HTTP\/1\.1 (\d{3}) /g)]
    .map(([, status]) => Number(status))
    .filter((status) => status !== 100);
}
