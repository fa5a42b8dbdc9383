import { isUtf8 } from 'node:buffer';
import { shown } from '@online-inference/settings';
import { invalid } from '../errors/http-error';

/** The two parts of a request body: the JSON, and the binary tensors after it. */
export interface Body {
  readonly json: unknown;
  readonly binary: Buffer;
}

/** Header with the length of the JSON part in bytes; in lower case, as Node names headers. */
export const JSON_LENGTH_HEADER = 'inference-header-content-length';

/**
 * Splits a body into JSON and binary tensors. Without the header, the whole body is JSON.
 *
 * @param jsonLength value of the header
 * @throws InvalidRequest if the length is invalid or exceeds the body, or the JSON cannot be parsed
 * @see https://github.com/triton-inference-server/server/blob/main/docs/protocol/extension_binary_data.md
 */
export function splitBody(body: Buffer, jsonLength: string | undefined): Body {
  const length = jsonLength === undefined ? body.length : Number(jsonLength);
  if (jsonLength !== undefined && !(/^\d+$/.test(jsonLength) && length <= body.length)) {
    throw invalid(
      JSON_LENGTH_HEADER,
      `Inference-Header-Content-Length must be an integer from 0 to ${body.length} (the length of the body), not ${shown(jsonLength)}`,
    );
  }
  return { json: parse(body.subarray(0, length)), binary: body.subarray(length) };
}

function parse(bytes: Buffer): unknown {
  if (bytes.length === 0) {
    throw invalid('', 'the body is empty; it must contain an inference request as JSON');
  }
  if (!isUtf8(bytes)) {
    throw invalid(
      '',
      'the JSON of the body is not UTF-8; a binary tensor needs Inference-Header-Content-Length and binary_data_size',
    );
  }
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    throw invalid('', `the body must be JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}
