import { Type } from '@sinclair/typebox';
import type { FastifyPluginCallback } from 'fastify';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { etagged, sendEtagged, type Etagged } from '../etagged';
import { content } from '../openapi/operation';

export interface DocsOptions {
  /** The folder that page.cjs wrote. */
  readonly folder: string;
}

/** The page and what it is made of; each file is read when it is first asked for. */
const FILES = [
  { url: '/docs', file: 'index.html', type: 'text/html', hide: false },
  { url: '/docs/main.js', file: 'main.js', type: 'text/javascript', hide: true },
  { url: '/docs/style.css', file: 'style.css', type: 'text/css', hide: true },
] as const;

/** The page takes nothing from elsewhere, holds no script or style of its own, and is shown in no other page. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** `GET /docs`: a page where a person fills in a patient and sees the prediction, and that lists the endpoints. */
export const docsRoutes: FastifyPluginCallback<DocsOptions> = (app, { folder }, done) => {
  for (const { url, file, type, hide } of FILES) {
    let read: Promise<Etagged> | undefined;
    const schema = {
      summary: 'A page to try the service and to read about it',
      tags: ['documentation'] as const,
      hide,
      response: { 200: content(type, Type.String()) },
    };
    app.get(url, { schema }, async (request, reply) => {
      read ??= readFile(join(folder, file)).then(etagged);
      void reply.type(`${type}; charset=utf-8`);
      void reply.header('x-content-type-options', 'nosniff').header('referrer-policy', 'no-referrer');
      void reply.header('content-security-policy', POLICY);
      return sendEtagged(request, reply, await read);
    });
  }
  done();
};
