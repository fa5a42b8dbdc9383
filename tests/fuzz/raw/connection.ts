import { connect } from 'node:net';
import type { Target } from '../client';

/** What arrived over a connection, and how the connection ended. */
export interface Exchange {
  /** Statuses of the responses in order, without 100. */
  readonly statuses: readonly number[];
  readonly ended: 'closed' | 'reset' | 'silent';
}

/** Without a byte for this long, no response is expected. */
const QUIET_MS = 200;
/** A server must close a half-closed connection within this time. */
const PATIENCE_MS = 5_000;

/**
 * Sends bytes over a connection of their own, and reads until nothing more arrives. Only then closes
 * its side: Node discards the responses to a client that closes earlier.
 *
 * @throws Error if the bytes that arrive are no responses, or an error has no documented body
 */
export async function exchange(target: Target, bytes: Buffer): Promise<Exchange> {
  const chunks: Buffer[] = [];
  const ended = await new Promise<Exchange['ended']>((resolve) => {
    const socket = connect(target, () => {
      socket.write(bytes, () => {
        socket.setTimeout(QUIET_MS, () => {
          socket.end().setTimeout(PATIENCE_MS, () => {
            resolve('silent');
            socket.destroy();
          });
        });
      });
    });
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('end', () => {
      resolve('closed');
      socket.destroy();
    });
    // A server may close while it is still being sent to.
    socket.on('error', () => {
      resolve('reset');
    });
  });
  const received = Buffer.concat(chunks).toString('latin1');
  const [before, ...responses] = received.split(/HTTP\/1\.1 (?=\d{3} )/);
  if (before !== '') throw new Error(`not a response: ${received.slice(0, 200)}`);
  // A response to HEAD has no body. Node itself refuses a request without Host, with an empty body.
  const isUndocumented = (response: string): boolean =>
    response >= '4' && !response.includes('{"error":"') && !response.endsWith('\r\n\r\n0\r\n\r\n');
  const undocumented = bytes.includes('HEAD') ? undefined : responses.find(isUndocumented);
  if (undocumented !== undefined && ended !== 'reset') throw new Error(`no error body: ${undocumented}`);
  const statuses = responses.map((response) => Number(response.slice(0, 3)));
  return { statuses: statuses.filter((status) => status !== 100), ended };
}
