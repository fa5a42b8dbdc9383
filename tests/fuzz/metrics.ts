import { Client } from './client';
import type { Target } from './target';

const SAMPLE_EVERY = 1_000;

/** What is read of the service's own metrics. */
export interface Sample {
  /** Seconds since the first. */
  readonly at: number;
  readonly residentMebibytes: number;
  readonly inProgress: number;
  /** When the process was started: another time is another process. */
  readonly startTime: number;
  /** How long the answer took, in milliseconds. */
  readonly milliseconds: number;
}

/** Asks `/metrics` once a second, which at the same time shows that other requests are answered. */
export class Sampler {
  readonly samples: Sample[] = [];
  readonly failures: string[] = [];
  private readonly client: Client;
  private readonly timer: NodeJS.Timeout;
  private readonly start = performance.now();

  constructor(target: Target) {
    this.client = new Client(target);
    this.timer = setInterval(() => void this.sample(), SAMPLE_EVERY);
  }

  async sample(): Promise<void> {
    const before = performance.now();
    try {
      const { status, body } = await this.client.send({ method: 'GET', path: '/metrics' });
      const text = body.toString();
      this.samples.push({
        at: Math.round((before - this.start) / 1000),
        residentMebibytes: Math.round(metric(text, 'process_resident_memory_bytes') / 2 ** 20),
        inProgress: metric(text, 'rest_server_requests_in_progress'),
        startTime: metric(text, 'process_start_time_seconds'),
        milliseconds: Math.round(performance.now() - before),
      });
      if (status !== 200) {
        this.failures.push(`/metrics: ${status}`);
      }
    } catch (error) {
      this.failures.push(`/metrics: ${String(error)}`);
    }
  }

  stop(): void {
    clearInterval(this.timer);
    this.client.close();
  }
}

function metric(text: string, name: string): number {
  return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
}
