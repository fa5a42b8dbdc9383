import { Type, type Static } from '@sinclair/typebox';
import type { RequestedOutput } from './request';

/** The JSON of an inference response. */
export const InferenceResponse = Type.Object(
  {
    model_name: Type.String(),
    model_version: Type.String(),
    id: Type.Optional(Type.String({ description: 'id of the request' })),
    outputs: Type.Array(
      Type.Object({
        name: Type.String(),
        datatype: Type.String(),
        shape: Type.Array(Type.Integer()),
        data: Type.Optional(
          Type.Unsafe<readonly number[]>(
            Type.Array(Type.Number(), { description: 'absent if the tensor is binary' }),
          ),
        ),
        parameters: Type.Optional(
          Type.Object({
            binary_data_size: Type.Integer({
              description: 'bytes of the tensor; binary tensors are in the order of outputs',
            }),
          }),
        ),
      }),
    ),
  },
  { $id: 'InferenceResponse' },
);

type InferenceResponse = Static<typeof InferenceResponse>;

/** One output of the model for a batch. */
export interface OutputTensor {
  readonly name: string;
  readonly datatype: 'FP32' | 'INT64';
  /** In the order of the batch. */
  readonly values: readonly number[];
}

/** The body of an inference response. */
export interface EncodedResponse {
  readonly body: Buffer;
  /** Bytes of JSON before the binary tensors; absent if there are none. */
  readonly jsonLength?: number;
}

/** The fields of a response that do not depend on its outputs. */
export interface ResponseHead {
  readonly model_name: string;
  readonly model_version: string;
  readonly id?: string | undefined;
}

/**
 * Encodes an inference response: its JSON, then the outputs requested as binary, in the same order.
 *
 * @throws Error if a requested output is not among the tensors
 * @see https://github.com/triton-inference-server/server/blob/main/docs/protocol/extension_binary_data.md
 */
export function encodeResponse(
  head: ResponseHead,
  requested: readonly RequestedOutput[],
  tensors: readonly OutputTensor[],
): EncodedResponse {
  const binaries: Buffer[] = [];
  const outputs: InferenceResponse['outputs'] = requested.map(({ name, binary }) => {
    const tensor = tensors.find((one) => one.name === name);
    if (!tensor) {
      throw new Error(`the model has no output ${name}`);
    }
    const { datatype, values } = tensor;
    const shape = [values.length];
    if (!binary) {
      return { name, datatype, shape, data: values };
    }
    const data = littleEndian(tensor);
    binaries.push(data);
    return { name, datatype, shape, parameters: { binary_data_size: data.length } };
  });
  const json = Buffer.from(JSON.stringify({ ...head, outputs }));
  return binaries.length === 0
    ? { body: json }
    : { body: Buffer.concat([json, ...binaries]), jsonLength: json.length };
}

/** Typed arrays use the byte order of the platform; every platform of ONNX Runtime is little-endian. */
function littleEndian({ datatype, values }: OutputTensor): Buffer {
  const elements = datatype === 'FP32' ? Float32Array.from(values) : BigInt64Array.from(values, BigInt);
  return Buffer.from(elements.buffer);
}
