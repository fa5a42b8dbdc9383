/** One invalid field of a request. */
export interface Problem {
  /** Path of the field, such as `age`, or `[3].age` in a list; empty for the whole body. */
  readonly field: string;
  /** The value, and what is allowed. */
  readonly message: string;
}

/** A refused request. Its message is sent to the client. */
export class HttpError extends Error {
  override readonly name: string = 'HttpError';

  constructor(
    readonly statusCode: number,
    message: string,
  ) {
    super(message);
  }
}

/** A request that does not match its schema. */
export class InvalidRequest extends HttpError {
  override readonly name = 'InvalidRequest';

  constructor(readonly problems: readonly Problem[]) {
    const [first, ...others] = problems;
    const more = others.length > 0 ? ` (and ${others.length} more; see details)` : '';
    super(400, `${first?.message ?? 'invalid request'}${more}`);
  }
}

/** Creates the error for a request with one invalid field. */
export function invalid(field: string, message: string): InvalidRequest {
  return new InvalidRequest([{ field, message }]);
}

const OVERLOAD_MESSAGES = {
  queue_full: 'inference queue is full; retry later',
  waited_too_long: 'timed out waiting for inference; retry later',
  bodies_full: 'memory for request bodies is full; retry later',
} as const;

type OverloadReason = keyof typeof OVERLOAD_MESSAGES;

/** Every reason for a 503, as the metrics name it. */
export const OVERLOAD_REASONS = Object.keys(OVERLOAD_MESSAGES) as readonly OverloadReason[];

/** The service has no capacity for a request. */
export class Overloaded extends HttpError {
  override readonly name = 'Overloaded';

  constructor(readonly reason: OverloadReason) {
    super(503, OVERLOAD_MESSAGES[reason]);
  }
}

/** nginx's status for a request whose client disconnected before the response. */
export const CLIENT_CLOSED_REQUEST = 499;

/** The client disconnected, so nobody waits for the response. */
export class ClientGone extends HttpError {
  override readonly name = 'ClientGone';

  constructor() {
    super(CLIENT_CLOSED_REQUEST, 'client closed the connection');
  }
}
