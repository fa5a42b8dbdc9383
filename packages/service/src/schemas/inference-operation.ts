import { Type, type TSchema } from '@sinclair/typebox';
import type { FastifySchema } from 'fastify';
import type { ModelCard } from '../model/card';
import { JSON_LENGTH_HEADER } from '../protocol/body';
import { DATATYPES } from '../protocol/datatypes';
import { InferenceRequest, Output } from '../protocol/request';
import {
  encodeResponse,
  InferenceResponse,
  type OutputTensor,
  type ResponseHead,
} from '../protocol/response';
import { errorResponses } from './error';
import { MAX_PATIENTS, patientSchema } from './patient';

/** Returns the schema of a model's path parameters; only its own name and version are allowed. */
export function modelParams({ name, version }: ModelCard, path: string): TSchema {
  return Type.Object({
    model: Type.Literal(name),
    ...(path.includes(':version') ? { version: Type.Literal(version) } : {}),
  });
}

/**
 * Returns the schema of the protocol's inference. It only documents the route: the handler reads bodies itself,
 * because they may be binary.
 *
 * @param input name of the model's input
 * @param tensorsOf converts probabilities to the model's outputs
 */
export function inferenceOperation(
  card: ModelCard,
  path: string,
  input: string,
  head: ResponseHead,
  tensorsOf: (probabilities: readonly number[]) => readonly OutputTensor[],
): FastifySchema {
  const outputs = tensorsOf([card.example?.probability ?? 0]);
  const requested = outputs.map(({ name }) => ({ name, binary: false }));
  const response: unknown = JSON.parse(encodeResponse(head, requested, outputs).body.toString());
  const request = inferenceRequest(
    card,
    input,
    outputs.map(({ name }) => name),
  );
  const bytes = Type.Unsafe({ description: 'the JSON, then the binary tensors in its order' });
  const jsonOrBinary = (json: TSchema) => ({
    content: { 'application/json': { schema: json }, 'application/octet-stream': { schema: bytes } },
  });
  return {
    summary: 'Predicts for a batch',
    description: `With binary tensors, the header ${JSON_LENGTH_HEADER} gives the length of the JSON in bytes, in the request and in the response.`,
    tags: ['Open Inference Protocol'],
    params: modelParams(card, path),
    body: jsonOrBinary(request),
    response: {
      200: jsonOrBinary({ ...InferenceResponse, ...(card.example ? { examples: [response] } : {}) }),
      ...errorResponses(400, 404, 413, 415, 503),
    },
  };
}

/**
 * Narrows the protocol's request to the names, datatypes and shape of the model. The protocol's parser checks these
 * after the form of the request, with messages of its own.
 */
function inferenceRequest(card: ModelCard, input: string, outputs: readonly string[]): TSchema {
  const { features, example } = card;
  const columns = features.length;
  const row = Object.values(patientSchema(card).properties);
  const shape = {
    type: 'array',
    description: `[N, ${columns}]`,
    prefixItems: [Type.Integer({ minimum: 1, maximum: MAX_PATIENTS }), Type.Literal(columns)],
    minItems: 2,
    maxItems: 2,
  };
  const nested = { type: 'array', prefixItems: row, minItems: columns, maxItems: columns };
  const data = Type.Union(
    [
      Type.Array(Type.Number(), { minItems: columns, maxItems: columns * MAX_PATIENTS }),
      Type.Array(Type.Unsafe(nested), { minItems: 1, maxItems: MAX_PATIENTS }),
    ],
    { description: 'row after row, flat or nested like the shape' },
  );
  const tensor = {
    name: Type.Literal(input),
    datatype: oneOf([...DATATYPES.keys()]),
    shape: Type.Unsafe(shape),
    data,
  };
  const output = {
    name: oneOf(outputs),
    parameters: Type.Optional(Type.Pick(Output.properties.parameters, ['binary_data'])),
  };
  const values = features.map(({ name }) => example?.patient[name]);
  const request = { inputs: [{ name: input, shape: [1, columns], datatype: 'FP32', data: values }] };
  return Type.Object(
    {
      id: InferenceRequest.properties.id,
      parameters: InferenceRequest.properties.parameters,
      inputs: Type.Array(Type.Object(tensor), { minItems: 1, maxItems: 1 }),
      outputs: Type.Optional(Type.Array(Type.Object(output), { maxItems: outputs.length })),
    },
    { $id: 'InferenceRequest', ...(example ? { examples: [request] } : {}) },
  );
}

function oneOf(names: readonly string[]): TSchema {
  return Type.Unsafe({ type: 'string', enum: names });
}
