/** The API server refused a request, or could not be reached (status 0). */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }

  /** @param body what the server answered: a `Status` object, or any text */
  static from(status: number, body: string, request: string): ApiError {
    let why = body.trim();
    try {
      const { message } = Object(JSON.parse(body)) as { message?: unknown };
      if (typeof message === 'string') why = message;
    } catch {
      // a proxy in between answers with plain text
    }
    return new ApiError(status, `${request}: ${status} ${why || '(no answer)'}`);
  }
}

/** An error of the network, in one line that says what was not reached. */
export function unreachable(server: string, context: string, error: unknown): ApiError {
  const { code, errno, statusCode, message } = Object(error) as Record<string, unknown>;
  if (typeof statusCode === 'number') {
    return new ApiError(statusCode, `the API server ${server} answered ${statusCode} ${String(message)}`);
  }
  const why = [code, errno, message].find((each) => typeof each === 'string') ?? 'no answer';
  const words = why === 'ECONNREFUSED' ? 'connection refused' : why;
  return new ApiError(0, `cannot reach the API server ${server} (context ${context}): ${words}`);
}
