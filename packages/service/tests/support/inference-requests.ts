export const PATHS = ['/v2/models/heart-disease/infer', '/v2/models/heart-disease/versions/1/infer'] as const;

/** Returns an inference request in JSON; the given fields override those of the input. */
export function inferenceRequest(rows: readonly (readonly number[])[], input: object = {}): object {
  const shape = [rows.length, rows[0]?.length ?? 0];
  return { inputs: [{ name: 'features', shape, datatype: 'FP32', data: rows.flat(), ...input }] };
}

/** Returns body and headers of an inference request with a binary tensor. */
export function withBinary(
  rows: readonly (readonly number[])[],
  data: Buffer,
  request: object,
): { readonly body: Buffer; readonly headers: Record<string, string> } {
  const input = { data: undefined, parameters: { binary_data_size: data.length } };
  const json = Buffer.from(JSON.stringify({ ...inferenceRequest(rows, input), ...request }));
  return {
    body: Buffer.concat([json, data]),
    headers: { 'inference-header-content-length': String(json.length) },
  };
}

/** Encodes rows as little-endian FP32. */
export function single(rows: readonly (readonly number[])[]): Buffer {
  const values = rows.flat();
  const data = Buffer.alloc(4 * values.length);
  values.forEach((value, index) => data.writeFloatLE(value, 4 * index));
  return data;
}
