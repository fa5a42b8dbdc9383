import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** A body that stays the same while the process runs. */
export interface Etagged {
  readonly body: Buffer;
  readonly etag: string;
}

export function etagged(content: string | Buffer): Etagged {
  const body = Buffer.from(content);
  return { body, etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"` };
}

/**
 * Sends a body, or 304 to a client that has it already. A client asks each time, because a rollout may have
 * brought another.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110.html#section-13.1.2
 */
export function sendEtagged(
  request: FastifyRequest,
  reply: FastifyReply,
  { body, etag }: Etagged,
): FastifyReply {
  void reply.header('etag', etag).header('cache-control', 'no-cache');
  const known = (request.headers['if-none-match'] ?? '')
    .split(',')
    .map((one) => one.trim().replace(/^W\//, ''));
  return known.includes(etag) || known.includes('*') ? reply.code(304).send() : reply.send(body);
}
