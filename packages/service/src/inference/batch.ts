/** A request for inference. */
export interface Request {
  /** Values, row after row. */
  readonly rows: Float32Array;
  /** When it came, by `performance.now`. */
  readonly since: number;
  /** The answer so far. */
  readonly probabilities: number[];
  /** Whether nobody waits for the answer any more. */
  gone(): boolean;
  resolve(probabilities: number[]): void;
  reject(error: Error): void;
}

/** Rows of one request that are inferred with others'. */
export interface Slice {
  readonly request: Request;
  readonly rows: Float32Array;
}

/** The rows of a batch, one slice after the other. */
export function together(batch: readonly Slice[]): Float32Array {
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

/** Gives each request what was inferred for its rows, and so answers those that are complete. */
export function share(probabilities: Float32Array, batch: readonly Slice[], columns: number): void {
  let row = 0;
  for (const { request, rows } of batch) {
    // One by one: a view of them would cost more than they do, as most requests have one row.
    for (const end = row + rows.length / columns; row < end; row += 1) {
      request.probabilities.push(probabilities[row] ?? NaN);
    }
    if (request.probabilities.length * columns === request.rows.length) {
      request.resolve(request.probabilities);
    }
  }
}
