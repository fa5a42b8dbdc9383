import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { ROOT } from '../kit/dist';
import { output } from '../kit/process';
import { Client, type Target } from './client';

/** The heap that the image gets in a container of 256 Mi: 30 %. */
const POD_HEAP = ['--max-old-space-size=77', '--max-semi-space-size=2'];

/** A service that the fuzz started. */
export interface OwnTarget extends Target {
  /** Faults so far: log lines of level error and an unexpected exit. */
  readonly faults: readonly string[];
  /** Ends the process as Kubernetes does. */
  stop(): Promise<void>;
}

/** Builds the service and starts it on a free port. */
export async function startService(): Promise<OwnTarget> {
  const workspace = path.join(ROOT, 'packages/service');
  await output('npm', ['run', 'build', '--workspace', 'packages/service'], { cwd: ROOT });
  const child = spawn(process.execPath, [...POD_HEAP, 'build/main.js'], {
    cwd: workspace,
    env: { PATH: process.env['PATH'], HOST: '127.0.0.1', PORT: '0', DRAIN_DELAY_SECONDS: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const faults: string[] = [];
  let isStopping = false;
  const port = await new Promise<number>((resolve, reject) => {
    child.once('exit', (code, signal) => {
      reject(new Error('the service exited before it listened'));
      if (!isStopping) faults.push(`the service exited with ${signal ?? `code ${String(code)}`}`);
    });
    createInterface({ input: child.stdout }).on('line', (line) => {
      const { level, msg } = JSON.parse(line) as { level: string; msg: string };
      const listening = /listening at .*:(\d+)/.exec(msg)?.[1];
      if (listening !== undefined) resolve(Number(listening));
      if (level === 'error' || level === 'fatal') faults.push(line);
    });
  });
  return {
    host: '127.0.0.1',
    port,
    faults,
    stop: async () => {
      isStopping = true;
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGTERM');
        await once(child, 'exit');
      }
    },
  };
}

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
  private inProgress = NaN;
  private readonly client: Client;
  private readonly timer = setInterval(() => void this.sample(), 1_000);

  constructor(target: Target) {
    this.client = new Client(target);
  }

  async sample(): Promise<void> {
    try {
      const { status, body } = await this.client.send({ method: 'GET', path: '/metrics' });
      if (status !== 200) throw new Error(`status ${status}`);
      const metric = (name: string) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(body.toString())?.[1]);
      this.resident.push(Math.round(metric('process_resident_memory_bytes') / 2 ** 20));
      this.starts.add(metric('process_start_time_seconds'));
      this.inProgress = metric('rest_server_requests_in_progress');
    } catch (error) {
      this.faults.push(`/metrics: ${String(error)}`);
    }
  }

  /** Stops sampling and judges the whole run: one process, bounded memory, nothing in progress. */
  async stop(): Promise<Memory> {
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
    if (!(memory.most < MOST_RESIDENT) || !(memory.late < memory.early * MOST_GROWTH)) {
      this.faults.push(`memory: at most ${memory.most} MiB, ${memory.early} early, ${memory.late} late`);
    }
    if (this.starts.size !== 1) this.faults.push(`the service started ${this.starts.size} times`);
    // The last sample is in progress itself.
    if (this.inProgress !== 1)
      this.faults.push(`${this.inProgress - 1} requests are in progress after the last`);
    return memory;
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
