import fc from 'fast-check';
import type { RequestJson, RightRequest } from './right';

/** What must happen to a request: 4xx, an answer as if nothing had been changed, or either of them. */
export type Outcome = 'refused' | 'answered' | 'either';

/** A change of a right request, at one of the stages from its fields to its bytes. */
export interface Fault {
  readonly name: string;
  readonly outcome: Outcome;
  /** What the right request must be like for the fault to have an effect. */
  readonly needs?: Partial<RightRequest>;
  readonly request?: (request: RequestJson) => unknown;
  readonly json?: (json: Buffer) => Buffer;
  readonly binary?: (data: Buffer) => Buffer;
  /** Value of Inference-Header-Content-Length, from the lengths of the JSON and of the body. */
  readonly length?: (json: number, body: number) => string | undefined;
  readonly body?: (body: Buffer) => Buffer;
  /** Changes the compressed body. */
  readonly coded?: (body: Buffer) => Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

type Fields = Readonly<Record<string, unknown>>;

/** Returns a fault of the first input's fields. */
export function inputFault(
  name: string,
  change: (input: Fields) => Fields,
  outcome: Outcome = 'refused',
  needs: Fault['needs'] = {},
): Fault {
  return { name, outcome, needs, request: (request) => ({ ...request, inputs: request.inputs.map(change) }) };
}

/** Returns a copy with some bytes overwritten. */
export function overwritten(
  bytes: Buffer,
  changes: readonly (readonly [at: number, byte: number])[],
): Buffer {
  const copy = Buffer.from(bytes);
  changes.forEach(([at, byte]) => copy.length > 0 && copy.writeUInt8(byte, at % copy.length));
  return copy;
}

export const CODINGS = fc.constantFrom('gzip' as const, 'deflate' as const);
