import { Type } from '@sinclair/typebox';
import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import { shown } from '@online-inference/settings';
import { HttpError } from '../errors/http-error';
import { errorResponses } from '../schemas/error';
import { modelParams } from '../schemas/inference-operation';
import type { PredictOptions } from './predict';
import { OUTPUTS, v2InferRoutes } from './v2-infer';

const Tensor = Type.Object({
  name: Type.String(),
  datatype: Type.String(),
  shape: Type.Array(Type.Integer({ description: '-1 means any size' })),
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

/** Paths of a model without and with its version. Without it, the served version answers. */
const MODEL_PATHS = ['/v2/models/:model', '/v2/models/:model/versions/:version'] as const;

/**
 * The Open Inference Protocol's routes of a model: metadata, readiness and inference. Another model or version gets
 * 404 before its body is read.
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
      next(new HttpError(404, `unknown model ${shown(model)}; this server has ${card.name}`));
    } else if (version !== undefined && version !== card.version) {
      next(new HttpError(404, `unknown version ${shown(version)} of ${card.name}; it has ${card.version}`));
    } else {
      next();
    }
  });

  for (const path of MODEL_PATHS) {
    const params = modelParams(card, path);
    const errors = errorResponses(404);
    const Metadata = { ...Model, examples: [metadata] };
    app.get(
      path,
      {
        schema: { summary: 'Tensors of the model', tags, params, response: { 200: Metadata, ...errors } },
      },
      () => metadata,
    );
    app.get(
      `${path}/ready`,
      { schema: { summary: 'Readiness of the model', tags, params, response: { 200: Ready, ...errors } } },
      () => ({ name: card.name, ready: true as const }),
    );
    void app.register(v2InferRoutes, { ...options, path: `${path}/infer` });
  }
  done();
};
