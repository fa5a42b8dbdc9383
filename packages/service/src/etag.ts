import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

// By hand, because @fastify/etag hashes every response again; these bodies never change while the process runs.

/** A constant body with its ETag. */
export interface Tagged {
  readonly body: Buffer;
  readonly etag: string;
}

/** Adds the ETag to a body. */
export function tagged(content: string | Buffer): Tagged {
  const body = Buffer.from(content);
  return { body, etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"` };
}

/**
 * Sends a body, or 304 if the client already has it. Clients must revalidate, because a rollout may change the body.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110.html#section-13.1.2
 */
export function sendTagged(
  request: FastifyRequest,
  reply: FastifyReply,
  { body, etag }: Tagged,
): FastifyReply {
  void reply.header('etag', etag).header('cache-control', 'no-cache');
  const known = (request.headers['if-none-match'] ?? '')
    .split(',')
    .map((one) => one.trim().replace(/^W\//, ''));
  return known.includes(etag) || known.includes('*') ? reply.code(304).send() : reply.send(body);
}
