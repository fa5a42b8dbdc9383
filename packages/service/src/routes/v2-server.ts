import { Type } from '@sinclair/typebox';
import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import { version } from '../../package.json';

const Server = Type.Object({
  name: Type.String(),
  version: Type.String(),
  extensions: Type.Array(Type.String()),
});
const Live = Type.Object({ live: Type.Literal(true) });
const Ready = Type.Object({ live: Type.Literal(true), ready: Type.Literal(true) });
const tags = ['Open Inference Protocol'] as const;

/**
 * The Open Inference Protocol's server metadata and health.
 *
 * @see https://github.com/kserve/open-inference-protocol/blob/main/specification/protocol/inference_rest.md
 */
export const v2ServerRoutes: FastifyPluginCallbackTypebox = (app, _options, done) => {
  const server = { name: 'online-inference', version, extensions: ['binary_tensor_data'] };
  // The specification says /v2, its OpenAPI document /v2/.
  for (const url of ['/v2', '/v2/']) {
    const response = { 200: { ...Server, examples: [server] } };
    app.get(
      url,
      { schema: { summary: 'Name, version and extensions of the server', tags, response } },
      () => server,
    );
  }
  app.get(
    '/v2/health/live',
    { schema: { summary: 'Liveness of the server', tags, response: { 200: Live } } },
    () => ({ live: true as const }),
  );
  // The specification names this field live too; KServe's server names it ready.
  app.get(
    '/v2/health/ready',
    { schema: { summary: 'Readiness of the server', tags, response: { 200: Ready } } },
    () => ({ live: true as const, ready: true as const }),
  );
  done();
};
