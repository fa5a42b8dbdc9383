import { Type } from '@sinclair/typebox';
import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import type { ModelCard } from '../model/card';
import { version } from '../../package.json';

const About = Type.Object({
  name: Type.String(),
  version: Type.String(),
  build: Type.String({ description: 'which build of the image this is' }),
  model: Type.Object({ name: Type.String(), version: Type.String(), description: Type.String() }),
  documentation: Type.Object({ page: Type.Literal('/docs'), openapi: Type.Literal('/openapi.json') }),
});

const Auc = Type.Object({
  auc: Type.Number({ description: 'area under the ROC curve' }),
  standardDeviation: Type.Number(),
  method: Type.String(),
});

const tags = ['operation'] as const;

export interface AboutOptions {
  readonly build: string;
  readonly card: ModelCard;
}

/** `GET /`: which service, build and model this is. `GET /auc`: how good the model is. */
export const aboutRoutes: FastifyPluginCallbackTypebox<AboutOptions> = (app, { build, card }, done) => {
  const model = { name: card.name, version: card.version, description: card.description };
  const documentation = { page: '/docs', openapi: '/openapi.json' } as const;
  const about = { name: 'online-inference', version, build, model, documentation };
  app.get(
    '/',
    { schema: { summary: 'Which service, build and model this is', tags, response: { 200: About } } },
    () => about,
  );

  const auc = { auc: card.auc, standardDeviation: card.aucStandardDeviation, method: card.aucMethod };
  app.get(
    '/auc',
    { schema: { summary: 'How good the model is', tags, response: { 200: { ...Auc, examples: [auc] } } } },
    () => auc,
  );
  done();
};
