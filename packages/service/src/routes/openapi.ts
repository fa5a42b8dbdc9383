import { Type } from '@sinclair/typebox';
import type { FastifyPluginCallback } from 'fastify';
import { version } from '../../package.json';
import { sendTagged, tagged, type Tagged } from '../etag';
import type { ModelCard } from '../model/card';
import { openapiDocument } from '../openapi/document';

interface OpenapiOptions {
  readonly card: ModelCard;
}

const DESCRIPTION =
  'Every path that supports GET supports HEAD. Every response with an error status has the body Error, including 404 for an unknown path and 405 for an unsupported method.';

const schema = {
  summary: 'This document',
  tags: ['documentation'] as const,
  response: { 200: Type.Object({}) },
};

/** `GET /openapi.json`: the OpenAPI document of the routes, created at the first request. */
export const openapiRoutes: FastifyPluginCallback<OpenapiOptions> = (app, { card }, done) => {
  let document: Tagged | undefined;
  app.get('/openapi.json', { schema }, (request, reply) => {
    const info = { title: 'online-inference', version, summary: summaryOf(card), description: DESCRIPTION };
    document ??= tagged(JSON.stringify(openapiDocument(info, app.routeList)));
    void reply.type('application/json');
    return sendTagged(request, reply, document);
  });
  done();
};

function summaryOf({ description, intendedFor, notFor }: ModelCard): string {
  const use = [
    ...(intendedFor === undefined ? [] : [`for ${intendedFor}`]),
    ...(notFor === undefined ? [] : [`not for ${notFor}`]),
  ];
  return use.length === 0 ? `${description}.` : `${description}: ${use.join(', ')}.`;
}
