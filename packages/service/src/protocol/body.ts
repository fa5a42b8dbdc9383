import { isUtf8 } from 'node:buffer';
import { shown } from '@online-inference/settings';
import { invalid } from '../validation';

/** A request's body in its two parts: JSON, and the binary tensors after it. */
export interface Body {
  readonly json: unknown;
  readonly binary: Buffer;
}

/** Gives the length of the JSON part. In lower case, as Node names headers. */
export const JSON_LENGTH_HEADER = 'inference-header-content-length';

/**
 * Splits a body where the header says; without the header all of it is JSON.
 *
 * @param jsonLength the header's text
 * @throws InvalidRequest if the length is none or beyond the body, or the JSON is not JSON
 * @see https://github.com/triton-inference-server/server/blob/main/docs/protocol/extension_binary_data.md
 */
export function splitBody(body: Buffer, jsonLength: string | undefined): Body {
  const length = jsonLength === undefined ? body.length : Number(jsonLength);
  if (jsonLength !== undefined && !(/^\d+$/.test(jsonLength) && length <= body.length)) {
    throw invalid(
      JSON_LENGTH_HEADER,
      `Inference-Header-Content-Length must be a whole number of bytes up to the body's ${body.length}, not ${shown(jsonLength)}`,
    );
  }
  return { json: parse(body.subarray(0, length)), binary: body.subarray(length) };
}

function parse(bytes: Buffer): unknown {
  if (bytes.length === 0) {
    throw invalid('', 'the body must hold an inference request as JSON, but it is empty');
  }
  if (!isUtf8(bytes)) {
    throw invalid('', 'the JSON of the body must be UTF-8; binary data is announced by binary_data_size');
  }
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    throw invalid('', `the body must be JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}
