import { Type } from '@sinclair/typebox';
import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import { version } from '../../package.json';
import type { ModelCard } from '../model/card';

const About = Type.Object({
  name: Type.String(),
  version: Type.String(),
  build: Type.String({ description: 'name of the image’s build' }),
  model: Type.Object({ name: Type.String(), version: Type.String(), description: Type.String() }),
  documentation: Type.Object({ page: Type.Literal('/docs'), openapi: Type.Literal('/openapi.json') }),
});

const Auc = Type.Object({
  auc: Type.Number({ description: 'area under the ROC curve' }),
  standardDeviation: Type.Number(),
  method: Type.String(),
});

const tags = ['operation'] as const;

interface AboutOptions {
  readonly build: string;
  readonly card: ModelCard;
}

/** `GET /`: name, version, build and model. `GET /auc`: quality of the model. */
export const aboutRoutes: FastifyPluginCallbackTypebox<AboutOptions> = (app, { build, card }, done) => {
  const model = { name: card.name, version: card.version, description: card.description };
  const documentation = { page: '/docs', openapi: '/openapi.json' } as const;
  const about = { name: 'online-inference', version, build, model, documentation };
  app.get(
    '/',
    {
      schema: { summary: 'Name, version, build and model of the service', tags, response: { 200: About } },
    },
    () => about,
  );

  const auc = { auc: card.auc, standardDeviation: card.aucStandardDeviation, method: card.aucMethod };
  app.get(
    '/auc',
    { schema: { summary: 'Quality of the model', tags, response: { 200: { ...Auc, examples: [auc] } } } },
    () => auc,
  );
  done();
};
