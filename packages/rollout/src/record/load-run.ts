import { InputError } from '../errors/input-error';
import type { Timeline } from '../timeline/timeline';
import type { Cluster } from './cluster';
import { DEFAULT_RATE, Load, type LoadOptions } from './load';
import { loadReport } from './load-report';
import { isPod, type Workload } from './objects';
import { reachable } from './reachable';
import { expose, needsService } from './service';

/** Load that is being sent while a recording goes on. */
export interface LoadRun {
  readonly load: Load;
  /** Ends it, and adds what came of it to the timeline. @param zero second 0 on the recording's clock */
  readonly finish: (timeline: Timeline, zero: number) => Promise<Timeline>;
  /** Ends it, and takes away what was made for it. */
  readonly stop: () => Promise<void>;
}

/** Whether pods have answered a readiness probe; without one, a pod is Ready as soon as its containers run. */
function hasAnswered(workload: Workload): boolean {
  const { containers } = isPod(workload) ? workload.spec : workload.spec.template.spec;
  return containers.some(({ readinessProbe }) => readinessProbe) && isReady(workload);
}

function isReady(workload: Workload): boolean {
  return isPod(workload)
    ? workload.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') === true
    : (workload.status?.readyReplicas ?? 0) > 0;
}

/**
 * Starts to send load, through a Service made for it where the URL asks for one.
 *
 * @param reachableMs for how long a new Service may take to answer
 * @throws InputError where that Service does not, though pods have answered a probe: all of the load would fail, and prove nothing
 */
export async function startLoad(
  cluster: Cluster,
  workload: Workload,
  options: LoadOptions,
  now: () => number,
  reachableMs = 10_000,
): Promise<LoadRun> {
  const service = needsService(options.url) ? await expose(cluster, workload, options.url) : undefined;
  const { url } = service ?? options;
  if (service && !(await reachable(url, reachableMs)) && hasAnswered(workload)) {
    await service.remove();
    throw new InputError(
      `--load ${options.url}: ${url} does not answer, though pods of ${workload.metadata.name} are ready: expected the address of a node that this machine reaches`,
    );
  }
  const load = new Load({ ...options, url }, now);
  return {
    load,
    finish: async (timeline, zero) => {
      const sent = await load.stop();
      const since = (at: number): number => Math.round((at - zero) * 1000) / 1000;
      const own = sent.map((answer) => ({ ...answer, at: since(answer.at) }));
      return { ...timeline, load: loadReport(url, options.rate ?? DEFAULT_RATE, own, timeline) };
    },
    stop: async () => {
      await load.stop();
      await service?.remove();
    },
  };
}
