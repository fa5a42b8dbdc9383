/** An error of the API server: it rejected a request, or could not be reached (status 0). */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    /** HTTP status of the answer; 0 if there was none. */
    readonly status: number,
    message: string,
  ) {
    super(message);
  }

  /** Creates the error of a rejected request. @param body the answer: a `Status` object, or any string */
  static from(status: number, body: string, request: string): ApiError {
    let why = body.trim();
    try {
      const { message } = Object(JSON.parse(body)) as { message?: unknown };
      if (typeof message === 'string') why = message;
    } catch {
      // a proxy in front of the API server answers in plain text
    }
    return new ApiError(status, `${request}: ${status} ${why || '(empty answer)'}`);
  }
}

/** Creates the error of an API server that could not be reached, or that refused a watch. */
export function unreachable(server: string, context: string, error: unknown): ApiError {
  const { code, errno, statusCode, message } = Object(error) as Record<string, unknown>;
  if (typeof statusCode === 'number') {
    return new ApiError(statusCode, `the API server ${server} answered ${statusCode} ${String(message)}`);
  }
  const why = [code, errno, message].find((each) => typeof each === 'string') ?? 'no answer';
  const words = why === 'ECONNREFUSED' ? 'connection refused' : why;
  return new ApiError(0, `cannot reach the API server ${server} (context ${context}): ${words}`);
}
