import { Type, type Static } from '@sinclair/typebox';
import type { RequestedOutput } from './request';

/** An inference response's JSON. */
export const InferenceResponse = Type.Object(
  {
    model_name: Type.String(),
    model_version: Type.String(),
    id: Type.Optional(Type.String({ description: 'the request’s own' })),
    outputs: Type.Array(
      Type.Object({
        name: Type.String(),
        datatype: Type.String(),
        shape: Type.Array(Type.Integer()),
        data: Type.Optional(
          Type.Unsafe<readonly number[]>(
            Type.Array(Type.Number(), { description: 'left out where it is binary' }),
          ),
        ),
        parameters: Type.Optional(
          Type.Object({ binary_data_size: Type.Integer({ description: 'bytes, in the order of outputs' }) }),
        ),
      }),
    ),
  },
  { $id: 'InferenceResponse' },
);

type InferenceResponse = Static<typeof InferenceResponse>;

/** One output of the model for a batch: its datatype, and its values in the batch's order. */
export interface OutputTensor {
  readonly name: string;
  readonly datatype: 'FP32' | 'INT64';
  readonly values: readonly number[];
}

export interface EncodedResponse {
  readonly body: Buffer;
  /** Length of the JSON in front, where binary tensors follow it. */
  readonly jsonLength?: number;
}

export interface ResponseHead {
  readonly model_name: string;
  readonly model_version: string;
  readonly id?: string | undefined;
}

/**
 * Writes an inference response: its JSON, then the outputs that were asked for in binary, in the same order.
 *
 * @throws Error if an output is asked for that is not given
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

/** Typed arrays have the machine's byte order, which is little-endian wherever ONNX Runtime runs. */
function littleEndian({ datatype, values }: OutputTensor): Buffer {
  const elements = datatype === 'FP32' ? Float32Array.from(values) : BigInt64Array.from(values, BigInt);
  return Buffer.from(elements.buffer);
}
