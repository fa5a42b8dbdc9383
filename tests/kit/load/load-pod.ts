import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { clientPod } from '../client';
import { eventually } from '../kubectl';
import type { Namespace } from '../namespace';
import type { LoadOptions, LoadReport } from './load';
import type { Noted } from './tally';

/** What to send, from where. */
export interface LoadPodOptions extends Pick<LoadOptions, 'ratePerSecond' | 'reconnects'> {
  readonly service: string;
  /** @default the Service's name with `-load` behind it */
  readonly name?: string;
}

/** An answer later than this is none. */
export const TIMEOUT_SECONDS = 5;

const ROOT = path.join(__dirname, '../../..');
const BEGINS_WITHIN_SECONDS = 60;

/** The program of the pod, with all that it imports, in one file. */
function bundle(): string {
  const esbuild = path.join(ROOT, 'node_modules/.bin/esbuild');
  const options = [
    '--bundle',
    '--platform=node',
    '--target=node20',
    '--minify-syntax',
    '--minify-whitespace',
  ];
  return execFileSync(esbuild, [path.join(__dirname, 'pod.ts'), ...options], { encoding: 'utf8' });
}

/** A load that is sent from inside the cluster, so that it takes the way of every client there: through the Service. */
export class LoadPod {
  /** Starts one, and returns when its requests have begun. */
  static async start(
    namespace: Namespace,
    { service, name = `${service}-load`, ...given }: LoadPodOptions,
  ): Promise<LoadPod> {
    const options: Omit<LoadOptions, 'host'> = { ...given, port: 80, timeoutSeconds: TIMEOUT_SECONDS };
    await namespace.apply(clientPod(name, bundle(), [service, JSON.stringify(options)]));
    await eventually(`${name} sends requests`, BEGINS_WITHIN_SECONDS, () => namespace.ask(name, '/'));
    return new LoadPod(namespace, name);
  }

  private constructor(
    private readonly namespace: Namespace,
    private readonly name: string,
  ) {}

  /** Sends no more. @returns what came of it, its times by this machine's clock */
  async end(): Promise<LoadReport> {
    const ahead = await this.clockAhead();
    const report = await this.namespace.ask<LoadReport>(this.name, '/end');
    await this.namespace.kubectl(['delete', 'pod', this.name, '--wait=false']);
    const shifted = <Each extends Noted>(each: Each): Each => ({
      ...each,
      sentAt: each.sentAt - ahead,
      endedAt: each.endedAt - ahead,
    });
    return {
      ...report,
      beganAt: report.beganAt - ahead,
      endedAt: report.endedAt - ahead,
      failures: report.failures.map(shifted),
      refused: report.refused.map(shifted),
    };
  }

  /** By how many milliseconds the node's clock is ahead of ours; 0 where that is less than asking takes. */
  private async clockAhead(): Promise<number> {
    const before = Date.now();
    const { now } = await this.namespace.ask<{ now: number }>(this.name, '/');
    const after = Date.now();
    return now >= before && now <= after ? 0 : now - (before + after) / 2;
  }
}
