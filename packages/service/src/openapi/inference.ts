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
import { MOST_PATIENTS, patientSchema } from '../routes/patient';
import { failures } from './operation';

/** The parts of a model's path, of which only its own name and version are served. */
export function modelParams({ name, version }: ModelCard, path: string): TSchema {
  return Type.Object({
    model: Type.Literal(name),
    ...(path.includes(':version') ? { version: Type.Literal(version) } : {}),
  });
}

/**
 * The schema of the protocol's inference: for the document, as the handler itself reads bodies that may be binary.
 *
 * @param input the name of the model's input
 * @param tensorsOf what the model's outputs are for probabilities
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
  const answer: unknown = JSON.parse(encodeResponse(head, requested, outputs).body.toString());
  const request = inferenceRequest(
    card,
    input,
    outputs.map(({ name }) => name),
  );
  const bytes = Type.Unsafe({ description: 'the JSON, then the binary tensors in its order' });
  const both = (json: TSchema) => ({
    content: { 'application/json': { schema: json }, 'application/octet-stream': { schema: bytes } },
  });
  return {
    summary: 'Predicts for a batch',
    description: `With binary tensors, \`${JSON_LENGTH_HEADER}\` says where the JSON ends, in the request and in the answer.`,
    tags: ['Open Inference Protocol'],
    params: modelParams(card, path),
    body: both(request),
    response: {
      200: both({ ...InferenceResponse, ...(card.example ? { examples: [answer] } : {}) }),
      ...failures(400, 404, 413, 415, 503),
    },
  };
}

/**
 * What the service reads of an inference request in JSON, narrowed to its model: names, datatypes and shape, which
 * are checked after the request's form, each with words of its own.
 */
function inferenceRequest(card: ModelCard, input: string, outputs: readonly string[]): TSchema {
  const { features, example } = card;
  const columns = features.length;
  const row = Object.values(patientSchema(card).properties);
  const shape = {
    type: 'array',
    description: `[N, ${columns}]`,
    prefixItems: [Type.Integer({ minimum: 1, maximum: MOST_PATIENTS }), Type.Literal(columns)],
    minItems: 2,
    maxItems: 2,
  };
  const nested = { type: 'array', prefixItems: row, minItems: columns, maxItems: columns };
  const data = Type.Union(
    [
      Type.Array(Type.Number(), { minItems: columns, maxItems: columns * MOST_PATIENTS }),
      Type.Array(Type.Unsafe(nested), { minItems: 1, maxItems: MOST_PATIENTS }),
    ],
    { description: 'row after row, flat or nested as the shape is' },
  );
  const tensor = {
    name: Type.Literal(input),
    datatype: names([...DATATYPES.keys()]),
    shape: Type.Unsafe(shape),
    data,
  };
  const output = {
    name: names(outputs),
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

function names(all: readonly string[]): TSchema {
  return Type.Unsafe({ type: 'string', enum: all });
}
