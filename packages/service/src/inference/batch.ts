/** A request in the queue. */
export interface QueuedRequest {
  /** Values, row after row. */
  readonly rows: Float32Array;
  /** Arrival, as `performance.now` gives it. */
  readonly since: number;
  /** Probabilities of the rows that have been inferred. */
  readonly probabilities: number[];
  /** Returns true if the client has disconnected. */
  gone(): boolean;
  resolve(probabilities: number[]): void;
  reject(error: Error): void;
}

/** The rows of one request that belong to a batch. */
export interface Slice {
  readonly request: QueuedRequest;
  readonly rows: Float32Array;
}

/** Concatenates the rows of a batch. */
export function concatenated(batch: readonly Slice[]): Float32Array {
  const [first] = batch;
  if (first && batch.length === 1) {
    return first.rows;
  }
  const all = new Float32Array(batch.reduce((sum, { rows }) => sum + rows.length, 0));
  let cell = 0;
  for (const { rows } of batch) {
    all.set(rows, cell);
    cell += rows.length;
  }
  return all;
}

/** Gives each request the probabilities of its rows, and resolves the requests that are complete. */
export function distribute(probabilities: Float32Array, batch: readonly Slice[], columns: number): void {
  let row = 0;
  for (const { request, rows } of batch) {
    // A subarray would cost more than this loop: most requests have one row.
    for (const end = row + rows.length / columns; row < end; row += 1) {
      request.probabilities.push(probabilities[row] ?? NaN);
    }
    if (request.probabilities.length * columns === request.rows.length) {
      request.resolve(request.probabilities);
    }
  }
}
