import { Type } from '@sinclair/typebox';
import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import { shown } from '@online-inference/settings';
import { modelParams } from '../openapi/inference';
import { failures } from '../openapi/operation';
import type { PredictOptions } from './predict';
import { OUTPUTS, v2InferRoutes } from './v2-infer';

const Tensor = Type.Object({
  name: Type.String(),
  datatype: Type.String(),
  shape: Type.Array(Type.Integer({ description: '-1 is any size' })),
});

const Model = Type.Object({
  name: Type.String(),
  versions: Type.Array(Type.String()),
  platform: Type.String(),
  inputs: Type.Array(Tensor),
  outputs: Type.Array(Tensor),
});

const Ready = Type.Object({ name: Type.String(), ready: Type.Literal(true) });

const tags = ['Open Inference Protocol'] as const;

class NoSuchModel extends Error {
  readonly statusCode = 404;
}

/** A model's paths, without and with its version: a request that names none gets the one that is served. */
const MODEL_PATHS = ['/v2/models/:model', '/v2/models/:model/versions/:version'] as const;

/**
 * The Open Inference Protocol's routes of a model: metadata, readiness and inference. Another model or version
 * is answered with 404, whatever the request's body is.
 *
 * @see https://github.com/kserve/open-inference-protocol/blob/main/specification/protocol/inference_rest.md
 */
export const v2ModelRoutes: FastifyPluginCallbackTypebox<PredictOptions> = (app, options, done) => {
  const { card, input } = options.classifier;
  const metadata = {
    name: card.name,
    versions: [card.version],
    platform: 'onnx_onnxv1',
    inputs: [{ name: input, datatype: 'FP32', shape: [-1, card.features.length] }],
    outputs: OUTPUTS.map(({ name, datatype }) => ({ name, datatype, shape: [-1] })),
  };

  app.addHook('onRequest', (request, _reply, next) => {
    const { model, version } = request.params as { model: string; version?: string };
    if (model !== card.name) {
      next(new NoSuchModel(`there is no model ${shown(model)} here, but ${card.name}`));
    } else if (version !== undefined && version !== card.version) {
      next(new NoSuchModel(`model ${card.name} has no version ${shown(version)}, but ${card.version}`));
    } else {
      next();
    }
  });

  for (const path of MODEL_PATHS) {
    const params = modelParams(card, path);
    const refused = failures(404);
    const described = { ...Model, examples: [metadata] };
    app.get(
      path,
      { schema: { summary: 'The model’s tensors', tags, params, response: { 200: described, ...refused } } },
      () => metadata,
    );
    app.get(
      `${path}/ready`,
      {
        schema: { summary: 'Whether the model is ready', tags, params, response: { 200: Ready, ...refused } },
      },
      () => ({ name: card.name, ready: true as const }),
    );
    void app.register(v2InferRoutes, { ...options, path: `${path}/infer` });
  }
  done();
};
