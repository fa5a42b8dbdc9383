import type { RequestJson, RightRequest } from './request';

/** What must happen to a request: 4xx, an answer as if nothing had been changed, or either of them. */
export type Outcome = 'refused' | 'answered' | 'either';

/** A change of a right request, at one or more of the stages from its fields to its bytes. */
export interface Fault {
  readonly name: string;
  readonly outcome: Outcome;
  /** Fields of the right request without which the fault would have no effect. @default {} */
  readonly needs?: Partial<RightRequest>;
  readonly request?: (request: RequestJson) => unknown;
  readonly json?: (json: Buffer) => Buffer;
  readonly binary?: (data: Buffer) => Buffer;
  /** Changes JSON and binary data together. */
  readonly body?: (body: Buffer) => Buffer;
  /** Changes the compressed body. */
  readonly coded?: (body: Buffer) => Buffer;
  /** Returns headers to set, or to leave out if undefined, from the lengths of the JSON and of the body. */
  readonly headers?: (json: number, body: number) => Readonly<Record<string, string | undefined>>;
}
