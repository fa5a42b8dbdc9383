import { Client, type Target } from './client';

/** Resident memory of the service during a run, in MiB. */
export interface Memory {
  readonly first: number;
  readonly most: number;
  /** Median of the second quarter of the samples. */
  readonly early: number;
  /** Median of the last quarter. */
  readonly late: number;
}

/** A pod's memory limit. Mapped files count here, unlike in a pod. */
const MOST_RESIDENT = 256;
/** How much more may be resident at the end than in the second quarter. */
const MOST_GROWTH = 1.25;

/** Reads the service's own metrics once a second, which also shows that other requests are answered. */
export class Sampler {
  readonly faults: string[] = [];
  private readonly resident: number[] = [];
  private readonly starts = new Set<number>();
  private metrics = '';
  private countedBefore: number | undefined;
  private readonly client: Client;
  private readonly timer = setInterval(() => void this.sample(), 1_000);

  constructor(target: Target) {
    this.client = new Client(target);
  }

  async sample(): Promise<void> {
    try {
      const { status, body } = await this.client.send({ method: 'GET', path: '/metrics' });
      if (status !== 200) throw new Error(`status ${status}`);
      this.metrics = body.toString();
      this.resident.push(Math.round(this.sum('process_resident_memory_bytes') / 2 ** 20));
      this.starts.add(this.sum('process_start_time_seconds'));
      this.countedBefore ??= this.inferences();
    } catch (error) {
      this.faults.push(`/metrics: ${String(error)}`);
    }
  }

  /**
   * Stops sampling and judges the whole run: one process, bounded memory, every request counted and none in progress.
   *
   * @param answered inference requests that were answered
   */
  async stop(answered: number): Promise<Memory> {
    clearInterval(this.timer);
    await this.sample();
    this.client.close();
    const quarter = Math.floor(this.resident.length / 4);
    const memory = {
      first: this.resident[0] ?? NaN,
      most: Math.max(...this.resident),
      early: median(this.resident.slice(quarter, 2 * quarter + 1)),
      late: median(this.resident.slice(-quarter - 1)),
    };
    const { most, early, late } = memory;
    const counted = this.inferences() - (this.countedBefore ?? 0);
    // The last sample is in progress itself.
    const inProgress = this.sum('rest_server_requests_in_progress') - 1;
    const must = (holds: boolean, fault: string): void => {
      if (!holds) this.faults.push(fault);
    };
    must(most < MOST_RESIDENT && late < early * MOST_GROWTH, `memory: ${JSON.stringify(memory)}`);
    must(this.starts.size === 1, `the service started ${this.starts.size} times`);
    must(counted >= answered, `/metrics counts ${counted} of ${answered} inference requests`);
    must(inProgress === 0, `${inProgress} requests are in progress after the last`);
    return memory;
  }

  /** Answered inference requests; 499 counts clients that left. */
  private inferences(): number {
    return this.sum('rest_server_requests_total', 'path="[^"]*/infer",status_code="(?!499)[^}]*');
  }

  /** Returns the sum of a metric's series whose labels match. */
  private sum(name: string, labels?: string): number {
    const series = new RegExp(`^${name}${labels === undefined ? '' : `\\{.*${labels}\\}`} (\\S+)$`, 'gm');
    return [...this.metrics.matchAll(series)].reduce((total, [, value]) => total + Number(value), 0);
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
