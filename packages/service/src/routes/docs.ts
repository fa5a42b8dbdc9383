import { Type } from '@sinclair/typebox';
import type { FastifyPluginCallback } from 'fastify';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sendTagged, tagged, type Tagged } from '../etag';
import { content } from '../schemas/operation';

interface DocsOptions {
  /** Folder with the files of the page. */
  readonly folder: string;
}

const FILES = [
  { url: '/docs', file: 'index.html', type: 'text/html', hide: false },
  { url: '/docs/main.js', file: 'main.js', type: 'text/javascript', hide: true },
  { url: '/docs/style.css', file: 'style.css', type: 'text/css', hide: true },
] as const;

/** The page loads nothing from other hosts, has no inline script or style, and cannot be framed. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** `GET /docs`: a page with a form for a prediction, and the list of endpoints. Reads each file at its first request. */
export const docsRoutes: FastifyPluginCallback<DocsOptions> = (app, { folder }, done) => {
  for (const { url, file, type, hide } of FILES) {
    let cached: Promise<Tagged> | undefined;
    const schema = {
      summary: 'A page to try the service and to read its documentation',
      tags: ['documentation'] as const,
      hide,
      response: { 200: content(type, Type.String()) },
    };
    app.get(url, { schema }, async (request, reply) => {
      cached ??= readFile(join(folder, file)).then(tagged);
      void reply.type(`${type}; charset=utf-8`);
      void reply.header('x-content-type-options', 'nosniff').header('referrer-policy', 'no-referrer');
      void reply.header('content-security-policy', CONTENT_SECURITY_POLICY);
      return sendTagged(request, reply, await cached);
    });
  }
  done();
};
