import { Type } from '@sinclair/typebox';
import type { FastifyBodyParser, FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify';
import { inferenceOperation } from '../openapi/inference';
import { JSON_LENGTH_HEADER, splitBody } from '../protocol/body';
import { acceptedCoding, compressed, decompressed, RefusedBody } from '../protocol/compression';
import { readInference } from '../protocol/request';
import { encodeResponse, type EncodedResponse } from '../protocol/response';
import { singles } from '../protocol/tensor';
import { validator } from '../validation';
import { MOST_PATIENTS, patientSchema, patientsOf, rowsCheck } from './patient';
import type { PredictOptions } from './predict';

/** Bytes of a body, both as sent and decompressed. */
const LARGEST_BODY = 2 ** 20;

const NOTHING = Buffer.alloc(0);

const ALLOWED_TYPES =
  'Content-Type must be application/json, or application/octet-stream for binary tensors, or left out';

/** A shorter answer fits a packet anyway. */
const LEAST_COMPRESSED = 1024;

/** What the model gives for each row; label by the service's own decision threshold. */
export const OUTPUTS = [
  { name: 'probability', datatype: 'FP32' },
  { name: 'label', datatype: 'INT64' },
] as const;

const outputNames = OUTPUTS.map(({ name }) => name);

export interface InferOptions extends PredictOptions {
  readonly path: string;
}

/**
 * The Open Inference Protocol's inference, with binary tensors and compression.
 *
 * @see https://github.com/triton-inference-server/server/blob/main/docs/protocol/extension_binary_data.md
 */
export const v2InferRoutes: FastifyPluginCallback<InferOptions> = (app, options, done) => {
  const { classifier, decisionThreshold, path } = options;
  const { card, input, queue } = classifier;
  const limits = { columns: card.features.length, mostRows: MOST_PATIENTS };
  const schema = patientSchema(card);
  const fit = rowsCheck(schema);
  const check = validator(Type.Array(schema));
  const problemOf = (rows: Float32Array) => {
    const checked = check(patientsOf(rows, card));
    return 'error' in checked ? checked.error : new Error('rows do not fit, but the patients in them do');
  };

  app.removeAllContentTypeParsers();
  const read: FastifyBodyParser<Buffer> = (request, body, parsed) => {
    if (request.headers['content-encoding'] === undefined && !request.takeRoom) {
      parsed(null, body);
    } else {
      wholeBody(request, body).then((whole) => {
        parsed(null, whole);
      }, parsed);
    }
  };
  const bytes = { parseAs: 'buffer', bodyLimit: LARGEST_BODY } as const;
  app.addContentTypeParser(['application/json', 'application/octet-stream'], bytes, read);
  // Triton's client sends no type with binary tensors.
  app.addContentTypeParser<Buffer>('*', bytes, (request, body, parsed) => {
    if (request.headers['content-type'] === undefined) {
      read(request, body, parsed);
    } else {
      parsed(new RefusedBody(415, ALLOWED_TYPES));
    }
  });

  const head = { model_name: card.name, model_version: card.version };
  const tensorsOf = (probability: readonly number[]) => {
    const values = { probability, label: probability.map((one) => (one >= decisionThreshold ? 1 : 0)) };
    return OUTPUTS.map(({ name, datatype }) => ({ name, datatype, values: values[name] }));
  };
  const route = {
    config: { infers: true },
    schema: inferenceOperation(card, path, input, head, tensorsOf),
    // The body is bytes until the handler has split and read it.
    validatorCompiler: () => () => true,
  };

  app.post<{ Body: Buffer | undefined }>(path, route, async (request, reply) => {
    const jsonLength = request.headers[JSON_LENGTH_HEADER];
    const body = splitBody(request.body ?? NOTHING, typeof jsonLength === 'string' ? jsonLength : undefined);
    const inference = readInference(body, input, outputNames);
    const rows = singles(inference.input, limits);
    if (!fit(rows)) {
      throw problemOf(rows);
    }
    const probability = await queue.infer(rows, () => request.raw.socket.destroyed);
    const response = encodeResponse({ ...head, id: inference.id }, inference.outputs, tensorsOf(probability));
    return answer(reply, response, request.headers['accept-encoding']);
  });
  done();
};

async function wholeBody(request: FastifyRequest, body: Buffer): Promise<Buffer> {
  const whole = await decompressed(body, request.headers['content-encoding'], LARGEST_BODY);
  request.takeRoom?.(whole.length);
  return whole;
}

function answer(reply: FastifyReply, { body, jsonLength }: EncodedResponse, accepted?: string) {
  void reply.header('vary', 'accept-encoding');
  if (jsonLength === undefined) {
    void reply.type('application/json');
  } else {
    void reply.type('application/octet-stream').header(JSON_LENGTH_HEADER, jsonLength);
  }
  const coding = body.length < LEAST_COMPRESSED ? undefined : acceptedCoding(accepted);
  if (!coding) {
    return body;
  }
  void reply.header('content-encoding', coding);
  return compressed(body, coding);
}
