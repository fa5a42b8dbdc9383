import { InputError } from '../errors/input-error.ts';
import { toMillisecond, type Timeline } from '../timeline/timeline.ts';
import { containersOf, isPod, type WorkloadObject } from './api-objects.ts';
import type { Cluster } from './cluster.ts';
import { DEFAULT_RATE } from '../requests/load-shape.ts';
import { LoadGenerator, type LoadOptions } from './load-generator.ts';
import { loadReport } from './load-report.ts';
import { exposeWorkload, needsService } from './load-service.ts';
import { waitUntilReachable } from './reachable.ts';

/** Load that is sent during a recording. */
export interface LoadRun {
  readonly generator: LoadGenerator;
  /** Stops the load and adds its report to the timeline. @param zero second 0 of the timeline on the recording's clock */
  readonly finish: (timeline: Timeline, zero: number) => Promise<Timeline>;
  /** Stops the load and deletes the Service that was made for it. */
  readonly stop: () => Promise<void>;
}

/** Without a readiness probe, a pod is Ready as soon as its containers run, whether or not they answer. */
function hasPassedProbe(workload: WorkloadObject): boolean {
  return containersOf(workload).some(({ readinessProbe }) => readinessProbe) && isReady(workload);
}

function isReady(workload: WorkloadObject): boolean {
  return isPod(workload)
    ? workload.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') === true
    : (workload.status?.readyReplicas ?? 0) > 0;
}

/**
 * Starts to send load. If the URL needs a Service, creates one for the recording.
 *
 * @param now seconds on the recording's clock
 * @param reachableMs how long a new Service may take to answer, in milliseconds
 * @throws InputError if the Service does not answer although pods have passed a readiness probe:
 *   every request would fail and prove nothing
 */
export async function startLoad(
  cluster: Cluster,
  workload: WorkloadObject,
  options: LoadOptions,
  now: () => number,
  reachableMs = 10_000,
): Promise<LoadRun> {
  const service = needsService(options.url)
    ? await exposeWorkload(cluster, workload, options.url)
    : undefined;
  const { url } = service ?? options;
  if (service && !(await waitUntilReachable(url, reachableMs)) && hasPassedProbe(workload)) {
    await service.remove();
    throw new InputError(
      `load ${options.url}: ${url} does not answer, although pods of ${workload.metadata.name} are ready: expected the address of a node that this machine can reach`,
    );
  }
  const generator = new LoadGenerator({ ...options, url }, now);
  return {
    generator,
    finish: async (timeline, zero) => {
      const sent = await generator.stop();
      const answers = sent.map((answer) => ({ ...answer, at: toMillisecond(answer.at - zero) }));
      return { ...timeline, load: loadReport(url, options.rate ?? DEFAULT_RATE, answers, timeline) };
    },
    stop: async () => {
      await generator.stop();
      await service?.remove();
    },
  };
}
