import path from 'node:path';
import { buildSync } from 'esbuild';
import { HTTP_PORT } from '../../../constructs/image';
import { distObject, withContainers } from '../dist';
import { eventually } from '../kubectl';
import type { Namespace } from '../namespace';
import { TIMEOUT_SECONDS, type LoadOptions, type LoadReport } from './load';
import type { Outcome } from './tally';

/** Options of a load pod. */
export interface LoadPodOptions extends Pick<LoadOptions, 'ratePerSecond' | 'reconnects'> {
  /** Name of the Service to send requests to, at port 80. */
  readonly service: string;
}

const BEGINS_WITHIN_SECONDS = 60;

/** Returns the pod's program with all its imports as one script. */
function bundle(): string {
  const { outputFiles } = buildSync({
    entryPoints: [path.join(__dirname, 'in-pod.ts')],
    bundle: true,
    platform: 'node',
    conditions: ['source'],
    target: 'node20',
    // One argument of a command holds at most 128 KiB.
    minify: true,
    write: false,
  });
  return outputFiles.map(({ text }) => text).join('');
}

/** Returns the pod of step 2 with the load's program instead of the service. No Service selects it. */
function podOf(name: string, args: readonly string[]): object {
  const pod = withContainers(distObject('online-inference-pod'), (container) => ({
    ...container,
    command: ['/nodejs/bin/node', '-e', bundle()],
    args,
    resources: { requests: { cpu: '100m', memory: '64Mi' }, limits: { memory: '256Mi' } },
  }));
  return { ...pod, metadata: { name }, spec: { ...pod.spec, restartPolicy: 'Never' } };
}

/** A load that is sent inside the cluster, through the Service, as any client there sends requests. */
export class LoadPod {
  /** Starts a load pod, and returns when it sends requests. */
  static async start(namespace: Namespace, { service, ...given }: LoadPodOptions): Promise<LoadPod> {
    const options: Omit<LoadOptions, 'url'> = { ...given, timeoutSeconds: TIMEOUT_SECONDS };
    const name = `${service}-load`;
    await namespace.apply(podOf(name, [service, JSON.stringify(options), String(HTTP_PORT)]));
    await eventually(`${name} sends requests`, BEGINS_WITHIN_SECONDS, () => namespace.ask(name, '/'));
    return new LoadPod(namespace, name);
  }

  private constructor(
    private readonly namespace: Namespace,
    private readonly name: string,
  ) {}

  /** Ends the load, deletes the pod, and returns the report. Its times are on this machine's clock. */
  async end(): Promise<LoadReport> {
    const ahead = await this.clockAhead();
    const report = await this.namespace.ask<LoadReport>(this.name, '/end');
    await this.namespace.kubectl(['delete', 'pod', this.name, '--wait=false']);
    const shift = (each: Outcome): Outcome => ({
      ...each,
      sentAt: each.sentAt - ahead,
      endedAt: each.endedAt - ahead,
    });
    return {
      ...report,
      beganAt: report.beganAt - ahead,
      endedAt: report.endedAt - ahead,
      failures: report.failures.map(shift),
      refused: report.refused.map(shift),
    };
  }

  /** Milliseconds that the node's clock is ahead of this machine's; 0 if a request takes longer. */
  private async clockAhead(): Promise<number> {
    const before = Date.now();
    const { now } = await this.namespace.ask<{ now: number }>(this.name, '/');
    const after = Date.now();
    return now >= before && now <= after ? 0 : now - (before + after) / 2;
  }
}
