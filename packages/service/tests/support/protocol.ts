import type { Operation } from './document';
import { inferenceRequest } from './inference-requests';
import { PATIENT } from './service';

const texts = { type: 'array', items: { type: 'string' } };
const text = { type: 'string' };
const object = (properties: object, required = Object.keys(properties)) => ({
  type: 'object',
  properties,
  required,
});

const tensor = { name: text, datatype: text, shape: { type: 'array', items: { type: 'integer' } } };
const MODEL = '/v2/models/{model}/versions/{version}';

/**
 * The operations of the Open Inference Protocol, with the schema of each response.
 *
 * @see https://github.com/kserve/open-inference-protocol/blob/main/specification/protocol/inference_rest.md
 */
export const PROTOCOL: readonly {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly answer: object;
  readonly request?: object;
}[] = [
  { method: 'GET', path: '/v2', answer: object({ name: text, version: text, extensions: texts }) },
  { method: 'GET', path: '/v2/', answer: object({ name: text, version: text, extensions: texts }) },
  { method: 'GET', path: '/v2/health/live', answer: object({ live: { const: true } }) },
  { method: 'GET', path: '/v2/health/ready', answer: object({ ready: { const: true } }) },
  ...[MODEL, MODEL.replace('/versions/{version}', '')].flatMap((model) => [
    {
      method: 'GET' as const,
      path: `${model}/ready`,
      answer: object({ name: text, ready: { const: true } }),
    },
    {
      method: 'GET' as const,
      path: model,
      answer: object(
        {
          name: text,
          versions: texts,
          platform: text,
          inputs: { type: 'array', minItems: 1, items: object(tensor) },
          outputs: { type: 'array', minItems: 1, items: object(tensor) },
        },
        ['name', 'platform', 'inputs', 'outputs'],
      ),
    },
    {
      method: 'POST' as const,
      path: `${model}/infer`,
      request: inferenceRequest([Object.values(PATIENT)]),
      answer: object(
        {
          model_name: text,
          model_version: text,
          id: text,
          outputs: {
            type: 'array',
            minItems: 1,
            items: object({ ...tensor, data: { type: 'array', items: { type: 'number' } } }),
          },
        },
        ['model_name', 'outputs'],
      ),
    },
  ]),
];

/** Schema of an error response. */
export const PROTOCOL_ERROR = object({ error: { type: 'string', minLength: 1 } });

/** Fills the parameters of a path with the values of the document. */
export function pathOf(path: string, { parameters = [] }: Pick<Operation, 'parameters'>): string {
  return parameters
    .filter((one) => one.in === 'path')
    .reduce(
      (filled, { name, schema }) => filled.replace(`{${name}}`, (schema as { const: string }).const),
      path,
    );
}
