import { ClientGone, Overloaded } from '../errors/http-error';
import { concatenated, distribute, type QueuedRequest, type Slice } from './batch';
import { Pace } from './pace';

export interface QueueLimits {
  /** Rows in one inference. */
  readonly maxBatchSize: number;
  /** Rows that may wait. A single larger request is accepted if nothing else waits. */
  readonly maxQueuedRows: number;
  /** Seconds until the inference of a request must start. A request that would wait longer is refused at once. */
  readonly queueTimeoutSeconds: number;
}

/**
 * Dynamic batching: requests that arrive during an inference share the next one, so the cost per request falls as the
 * load grows. A request with more rows than a batch takes several batches. A request that cannot be answered in time
 * is refused.
 *
 * @see https://github.com/triton-inference-server/server/blob/main/docs/user_guide/batcher.md
 */
export class InferenceQueue {
  /** In the order of arrival. Some rows of the first request may be in a batch already. */
  readonly #waiting: QueuedRequest[] = [];
  /** Values of the first request that are in a batch already. */
  #started = 0;
  /** Values that wait. */
  #values = 0;
  #busy = false;
  #timer: NodeJS.Timeout | undefined;
  readonly #pace = new Pace();

  /**
   * @param run infers a batch, row after row; it is called again only after it has settled
   * @param columns values of one row
   */
  constructor(
    private readonly run: (rows: Float32Array) => Promise<Float32Array>,
    private readonly columns: number,
    private readonly limits: QueueLimits,
  ) {}

  /** Number of requests that wait. */
  get length(): number {
    return this.#waiting.length;
  }

  /** True if even a request with one row would be refused. */
  get full(): boolean {
    return !this.hasRoom(this.columns);
  }

  /**
   * Infers rows in a batch with those of other requests.
   *
   * @param gone returns true if the client has disconnected
   * @returns the probability of label 1 for each row
   * @throws Overloaded if the queue is full, or the request would wait or has waited too long
   * @throws ClientGone if the client disconnects before its inference starts
   */
  infer(rows: Float32Array, gone: () => boolean): Promise<number[]> {
    return new Promise((resolve, reject) => {
      if (this.#values > 0 && !this.hasRoom(rows.length)) {
        reject(new Overloaded('queue_full'));
        return;
      }
      this.#waiting.push({ rows, since: performance.now(), probabilities: [], gone, resolve, reject });
      this.#values += rows.length;
      if (!this.#busy) {
        this.#busy = true;
        // After the event loop has read all requests that are ready, so that they share one inference.
        setImmediate(() => void this.work());
      }
      this.watch();
    });
  }

  private hasRoom(values: number): boolean {
    const { maxBatchSize, maxQueuedRows, queueTimeoutSeconds } = this.limits;
    const batches = Math.floor(this.#values / (maxBatchSize * this.columns));
    return (
      this.#values + values <= maxQueuedRows * this.columns &&
      this.#pace.estimateWait(batches) <= queueTimeoutSeconds * 1000
    );
  }

  private async work(): Promise<void> {
    for (let batch = this.take(); batch.length > 0; batch = this.take()) {
      this.#pace.start();
      try {
        distribute(await this.run(concatenated(batch)), batch, this.columns);
      } catch (error) {
        this.fail(batch, error instanceof Error ? error : new Error(String(error)));
      }
      this.#pace.end();
    }
    this.#busy = false;
  }

  private take(): Slice[] {
    const batch: Slice[] = [];
    let room = this.limits.maxBatchSize * this.columns;
    for (let [request] = this.#waiting; request && room > 0; [request] = this.#waiting) {
      if (request.gone()) {
        this.drop(request, new ClientGone());
        continue;
      }
      const isWhole = this.#started === 0 && request.rows.length <= room;
      const rows = isWhole ? request.rows : request.rows.subarray(this.#started, this.#started + room);
      batch.push({ request, rows });
      room -= rows.length;
      this.#values -= rows.length;
      this.#started += rows.length;
      if (this.#started === request.rows.length) {
        this.#waiting.shift();
        this.#started = 0;
      }
    }
    return batch;
  }

  private fail(batch: readonly Slice[], error: Error): void {
    batch.forEach(({ request }) => {
      request.reject(error);
    });
    const [first] = this.#waiting;
    if (first && batch.some(({ request }) => request === first)) {
      this.drop(first, error);
    }
  }

  private drop(first: QueuedRequest, error: Error): void {
    this.#waiting.shift();
    this.#values -= first.rows.length - this.#started;
    this.#started = 0;
    first.reject(error);
  }

  /** Sets one timer, for the first request; all later ones expire after it. */
  private watch(): void {
    const [first] = this.#waiting;
    if (!first || this.#timer) {
      return;
    }
    const timeout = this.limits.queueTimeoutSeconds * 1000;
    const left = first.since + timeout - performance.now();
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined;
        this.expire(performance.now() - timeout);
        this.watch();
      },
      Math.max(1, left),
    ).unref();
  }

  private expire(latest: number): void {
    const kept = this.#started > 0 ? 1 : 0;
    for (let first = this.#waiting[kept]; first && first.since <= latest; first = this.#waiting[kept]) {
      this.#waiting.splice(kept, 1);
      this.#values -= first.rows.length;
      first.reject(new Overloaded('waited_too_long'));
    }
  }
}
