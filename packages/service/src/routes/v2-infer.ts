import { Type } from '@sinclair/typebox';
import type { FastifyBodyParser, FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify';
import { HttpError } from '../errors/http-error';
import { JSON_LENGTH_HEADER, splitBody } from '../protocol/body';
import { acceptedCoding, compressed, decompressed } from '../protocol/compression';
import { readInference } from '../protocol/request';
import { encodeResponse, type EncodedResponse } from '../protocol/response';
import { toFloat32 } from '../protocol/tensor';
import { inferenceOperation } from '../schemas/inference-operation';
import { MAX_PATIENTS, patientSchema, patientsOf, rowsCheck } from '../schemas/patient';
import { validator } from '../validation';
import type { PredictOptions } from './predict';

/** Largest body in bytes, as sent and decompressed. */
const MAX_BODY = 2 ** 20;

const EMPTY = Buffer.alloc(0);

/** Bytes from which a response is compressed; a shorter one fits a packet anyway. */
const MIN_COMPRESSED = 1024;

/** Outputs of the model for each row. The label follows the service's own decision threshold. */
export const OUTPUTS = [
  { name: 'probability', datatype: 'FP32' },
  { name: 'label', datatype: 'INT64' },
] as const;

const outputNames = OUTPUTS.map(({ name }) => name);

interface InferOptions extends PredictOptions {
  /** Path of the route. */
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
  const limits = { columns: card.features.length, maxRows: MAX_PATIENTS };
  const schema = patientSchema(card);
  const areValid = rowsCheck(schema);
  const check = validator(Type.Array(schema));
  const problemOf = (rows: Float32Array) => {
    const checked = check(patientsOf(rows, card));
    return 'error' in checked ? checked.error : new Error('rows are invalid, but their patients are valid');
  };

  app.removeAllContentTypeParsers();
  const read: FastifyBodyParser<Buffer> = (request, body, parsed) => {
    if (request.headers['content-encoding'] === undefined && !request.reserveMemory) {
      parsed(null, body);
    } else {
      decompress(request, body).then((whole) => {
        parsed(null, whole);
      }, parsed);
    }
  };
  const bytes = { parseAs: 'buffer', bodyLimit: MAX_BODY } as const;
  app.addContentTypeParser(['application/json', 'application/octet-stream'], bytes, read);
  // Triton's client sends binary tensors without a Content-Type.
  app.addContentTypeParser<Buffer>('*', bytes, (request, body, parsed) => {
    if (request.headers['content-type'] === undefined) {
      read(request, body, parsed);
    } else {
      const allowed = 'application/json, application/octet-stream (for binary tensors) or absent';
      parsed(new HttpError(415, `Content-Type must be ${allowed}`));
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
    // The handler validates: here the body is still bytes.
    validatorCompiler: () => () => true,
  };

  app.post<{ Body: Buffer | undefined }>(path, route, async (request, reply) => {
    const jsonLength = request.headers[JSON_LENGTH_HEADER];
    const body = splitBody(request.body ?? EMPTY, typeof jsonLength === 'string' ? jsonLength : undefined);
    const inference = readInference(body, input, outputNames);
    const rows = toFloat32(inference.input, limits);
    if (!areValid(rows)) {
      throw problemOf(rows);
    }
    const probability = await queue.infer(rows, () => request.raw.socket.destroyed);
    const response = encodeResponse({ ...head, id: inference.id }, inference.outputs, tensorsOf(probability));
    return send(reply, response, request.headers['accept-encoding']);
  });
  done();
};

async function decompress(request: FastifyRequest, body: Buffer): Promise<Buffer> {
  const whole = await decompressed(body, request.headers['content-encoding'], MAX_BODY);
  request.reserveMemory?.(whole.length);
  return whole;
}

function send(reply: FastifyReply, { body, jsonLength }: EncodedResponse, accepted?: string) {
  void reply.header('vary', 'accept-encoding');
  if (jsonLength === undefined) {
    void reply.type('application/json');
  } else {
    void reply.type('application/octet-stream').header(JSON_LENGTH_HEADER, jsonLength);
  }
  const coding = body.length < MIN_COMPRESSED ? undefined : acceptedCoding(accepted);
  if (!coding) {
    return body;
  }
  void reply.header('content-encoding', coding);
  return compressed(body, coding);
}
