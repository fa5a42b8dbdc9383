import { Type } from '@sinclair/typebox';
import type { FastifyInstance, FastifyPluginCallback } from 'fastify';
import { version } from '../../package.json';
import { etagged, sendEtagged, type Etagged } from '../etagged';
import type { ModelCard } from '../model/card';
import { openapiDocument, type Route } from '../openapi/document';

export interface OpenapiOptions {
  readonly card: ModelCard;
  readonly routes: readonly Route[];
}

/** Every route that is registered from now on. */
export function collectRoutes(app: FastifyInstance): readonly Route[] {
  const routes: Route[] = [];
  app.addHook('onRoute', ({ method, url, schema = {} }) => {
    routes.push(...[method].flat().map((one) => ({ method: one, url, schema })));
  });
  return routes;
}

function summaryOf({ description, intendedFor, notFor }: ModelCard): string {
  const use = [
    ...(intendedFor === undefined ? [] : [`for ${intendedFor}`]),
    ...(notFor === undefined ? [] : [`not for ${notFor}`]),
  ];
  return use.length === 0 ? `${description}.` : `${description}: ${use.join(', ')}.`;
}

const NOTES =
  'Every path that takes GET takes HEAD too. Every answer that is no success has the body Error, also 404 for an unknown path and 405 for another method.';

/** `GET /openapi.json`: the OpenAPI document of the routes, written when it is first asked for. */
export const openapi: FastifyPluginCallback<OpenapiOptions> = (app, { card, routes }, done) => {
  let written: Etagged | undefined;
  const schema = {
    summary: 'This document',
    tags: ['documentation'] as const,
    response: { 200: Type.Object({}) },
  };
  app.get('/openapi.json', { schema }, (request, reply) => {
    const info = { title: 'online-inference', version, summary: summaryOf(card), description: NOTES };
    written ??= etagged(JSON.stringify(openapiDocument(info, routes)));
    void reply.type('application/json');
    return sendEtagged(request, reply, written);
  });
  done();
};
