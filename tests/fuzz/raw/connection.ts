import { connect } from 'node:net';
import type { Target } from '../target';

/** What came back over a connection, and how that ended. */
export interface Received {
  readonly bytes: Buffer;
  readonly ended: 'closed' | 'reset' | 'silent';
}

/** Milliseconds without a byte after which no answer is waited for. */
const QUIET = 200;

/** Milliseconds in which a server closes a connection whose other side is closed. */
const PATIENCE = 5_000;

/**
 * Sends bytes over a connection of their own, and takes what comes back until there is enough or nothing more. Only
 * then it closes its side: Node gives up the answers of a client that closes earlier.
 */
export function exchange(
  target: Target,
  bytes: Buffer,
  enough: (received: Buffer) => boolean = () => false,
): Promise<Received> {
  return new Promise((resolve) => {
    let received = Buffer.alloc(0);
    const socket = connect(target);
    const end = (ended: Received['ended']) => {
      socket.destroy();
      resolve({ bytes: received, ended });
    };
    const endOwnSide = () => {
      socket.end();
      socket.setTimeout(PATIENCE, () => {
        end('silent');
      });
    };
    socket.write(bytes, () => {
      socket.setTimeout(QUIET, endOwnSide);
    });
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      if (enough(received)) {
        endOwnSide();
      }
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

export interface RawAnswer {
  readonly status: number;
  readonly body: string;
}

/**
 * Takes apart the answers that came one after another.
 *
 * @param head whether the first answers HEAD, and has no body
 * @throws Error for bytes that are no whole answer
 */
export function answersIn(bytes: Buffer, head = false): RawAnswer[] {
  const answers: RawAnswer[] = [];
  let at = 0;
  while (at < bytes.length) {
    const end = bytes.indexOf('\r\n\r\n', at);
    const lines = bytes.toString('latin1', at, end < 0 ? bytes.length : end);
    const [, code] = /^HTTP\/1\.1 (\d{3}) /.exec(lines) ?? [];
    if (end < 0 || code === undefined) {
      throw new Error(`no answer of HTTP: ${lines.slice(0, 200)}`);
    }
    const status = Number(code);
    if (status === 100) {
      at = end + 4;
      continue;
    }
    const hasNoBody = head && (end + 4 === bytes.length || bytes.indexOf('HTTP/1.1 ', end + 4) === end + 4);
    const length = hasNoBody && answers.length === 0 ? 0 : lengthOf(lines, bytes, end + 4);
    if (end + 4 + length > bytes.length) {
      throw new Error(`an answer cut off: ${lines.slice(0, 200)}`);
    }
    answers.push({ status, body: bytes.toString('utf8', end + 4, end + 4 + length) });
    at = end + 4 + length;
  }
  return answers;
}

function lengthOf(lines: string, bytes: Buffer, from: number): number {
  const [, length] = /^content-length: *(\d+)$/im.exec(lines) ?? [];
  if (length !== undefined) {
    return Number(length);
  }
  if (!/^transfer-encoding: *chunked$/im.test(lines)) {
    return bytes.length - from;
  }
  const end = bytes.indexOf('0\r\n\r\n', from);
  return end < 0 ? bytes.length : end + 5 - from;
}
