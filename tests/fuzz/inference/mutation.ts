import type { Plain, Request } from './plain';

/** One thing that is done to a right request, at one of the stages from its fields to the bytes on the wire. */
export interface Mutation {
  readonly name: string;
  /** What may come of it: `refused` with 4xx, `answered` as if nothing had been done, or `either`. */
  readonly outcome: 'refused' | 'answered' | 'either';
  /** How the right request has to be for the mutation to do something. */
  readonly needs?: Partial<Plain>;
  readonly request?: (request: Request) => unknown;
  readonly json?: (json: Buffer) => Buffer;
  readonly binary?: (data: Buffer) => Buffer;
  /** The header that tells the length of the JSON. */
  readonly length?: (json: number, body: number) => string | undefined;
  readonly body?: (body: Buffer) => Buffer;
  /** The body in its coding. */
  readonly coded?: (body: Buffer) => Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

export const NONE: Mutation = { name: 'none', outcome: 'answered' };

/** Changes fields of the first input. */
export function input(
  change: (input: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>,
): (request: Request) => Request {
  return (request) => ({ ...request, inputs: request.inputs.map(change) });
}
