/** A kept-alive connection, or a new one for this request only. They fail differently when a pod stops. */
export type Connection = 'kept' | 'new';

/** The names of the connections in the errors of failed requests. */
export const CONNECTIONS: Readonly<Record<Connection, string>> = {
  kept: 'kept-alive connection',
  new: 'new connection',
};

/**
 * Kept-alive connections, used in turn. Each has an agent of its own: one pool reuses its latest
 * connection first, so that a single pod would serve nearly all requests.
 */
export const KEPT_CONNECTIONS = 16;

/** Requests a second, of a recording and of a prediction. */
export const DEFAULT_RATE = 50;

/** Seconds from the first request until the change, of a recording and of a prediction. */
export const LOAD_LEAD_SECONDS = 3;

/** Failures beyond this number are counted but not listed. */
export const MAX_FAILURES = 500;
