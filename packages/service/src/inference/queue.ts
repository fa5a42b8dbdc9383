import { share, together, type Request, type Slice } from './batch';
import { Pace } from './pace';
import { ClientGone, Overloaded } from './refusals';

export interface QueueLimits {
  /** Rows that one inference takes at the most. */
  readonly maxBatchSize: number;
  /** Rows that may wait, unless they are all of one request: what they take of memory. */
  readonly maxQueuedRows: number;
  /** How long a request may wait until its inference begins; one that would wait longer is refused at once. */
  readonly queueTimeoutSeconds: number;
}

/**
 * Dynamic batching: what comes while one inference runs goes into the next one together, so that more load makes
 * each request cheaper. A request of more rows than a batch takes several. What cannot be answered in time is
 * refused, instead of waited for.
 *
 * @see https://github.com/triton-inference-server/server/blob/main/docs/user_guide/batcher.md
 */
export class InferenceQueue {
  /** In the order in which they came; of the first, some rows may be under way or inferred. */
  readonly #waiting: Request[] = [];
  /** Values of the first request that are in a batch already. */
  #begun = 0;
  #values = 0;
  #busy = false;
  #timer: NodeJS.Timeout | undefined;
  readonly #pace = new Pace();

  /**
   * @param run infers rows, row after row; it is called again only when it has answered
   * @param columns values of one row
   */
  constructor(
    private readonly run: (rows: Float32Array) => Promise<Float32Array>,
    private readonly columns: number,
    private readonly limits: QueueLimits,
  ) {}

  /** Requests that wait. */
  get length(): number {
    return this.#waiting.length;
  }

  /** Whether even a request of one row would be refused. */
  get full(): boolean {
    return !this.hasRoom(this.columns);
  }

  /**
   * Infers rows, together with other requests'.
   *
   * @param gone whether nobody waits for the answer any more
   * @returns the probability of label 1 for each row
   * @throws Overloaded if too much waits already, or this would wait too long, or has
   * @throws ClientGone if nobody waits for it
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
        // All that the event loop reads in one go is worth one inference.
        setImmediate(() => void this.work());
      }
      this.watch();
    });
  }

  /** For more values than wait already, which would have their turn in time. */
  private hasRoom(values: number): boolean {
    const { maxBatchSize, maxQueuedRows, queueTimeoutSeconds } = this.limits;
    const batches = Math.floor(this.#values / (maxBatchSize * this.columns));
    return (
      this.#values + values <= maxQueuedRows * this.columns &&
      this.#pace.wait(batches) <= queueTimeoutSeconds * 1000
    );
  }

  private async work(): Promise<void> {
    for (let batch = this.take(); batch.length > 0; batch = this.take()) {
      this.#pace.begin();
      try {
        share(await this.run(together(batch)), batch, this.columns);
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
      const isWhole = this.#begun === 0 && request.rows.length <= room;
      const rows = isWhole ? request.rows : request.rows.subarray(this.#begun, this.#begun + room);
      batch.push({ request, rows });
      room -= rows.length;
      this.#values -= rows.length;
      this.#begun += rows.length;
      if (this.#begun === request.rows.length) {
        this.#waiting.shift();
        this.#begun = 0;
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

  private drop(first: Request, error: Error): void {
    this.#waiting.shift();
    this.#values -= first.rows.length - this.#begun;
    this.#begun = 0;
    first.reject(error);
  }

  /** Requests begin in the order in which they came: one timer, for the first of them, is enough. */
  private watch(): void {
    const [first] = this.#waiting;
    if (!first || this.#timer) {
      return;
    }
    const most = this.limits.queueTimeoutSeconds * 1000;
    const left = first.since + most - performance.now();
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined;
        this.expire(performance.now() - most);
        this.watch();
      },
      Math.max(1, left),
    ).unref();
  }

  private expire(latest: number): void {
    const kept = this.#begun > 0 ? 1 : 0;
    for (let first = this.#waiting[kept]; first && first.since <= latest; first = this.#waiting[kept]) {
      this.#waiting.splice(kept, 1);
      this.#values -= first.rows.length;
      first.reject(new Overloaded('waited_too_long'));
    }
  }
}
