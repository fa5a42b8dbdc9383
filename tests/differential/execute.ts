import { predict, type Timeline } from '../../packages/rollout/src';
import { createWorkload, record, type Cluster, type Session, type WorkloadName } from '../../packages/rollout/src/record';
import { changesOf, type KnownOptions } from './grounds';
import type { Case } from './cases';
import type { Outcome } from './tally';

export interface Site {
  readonly cluster: Cluster;
  readonly session: Session;
  readonly namespace: string;
  /** Ends the run early, with what is done by then. */
  readonly signal: AbortSignal;
}

const SETTLE_SECONDS = 180;
const LIMIT_SECONDS = 240;

/** Makes a case's Deployment, changes it, records what comes of it, and removes it. */
async function realRun(each: Case, run: number, { cluster, session, namespace }: Site): Promise<Timeline> {
  const name = `${each.name}-${run}`;
  const workload: WorkloadName = { kind: 'Deployment', name, namespace };
  const text = JSON.stringify(each.manifest).replaceAll(`"${each.name}"`, `"${name}"`);
  await createWorkload(cluster, workload, JSON.parse(text) as Case['manifest']);
  try {
    const quiet = { leadSeconds: 0, quietSeconds: 1 };
    const first = await record(session, { workload, ...quiet, limitSeconds: SETTLE_SECONDS });
    if (first.end.reason !== 'settled') throw new Error(`${name} did not settle before its change`);
    const last = each.requests.at(-1)?.at ?? 0;
    return await record(session, {
      workload,
      changes: each.requests,
      limitSeconds: LIMIT_SECONDS,
      // the settling ends at a whole second, as the API server keeps no less: not so the change
      leadSeconds: 0.1 + Math.random(),
      atLeastSeconds: last === 0 ? 2 : 1,
    });
  } finally {
    const path = `/apis/apps/v1/namespaces/${namespace}/deployments/${name}`;
    await cluster.request('DELETE', path, { query: { propagationPolicy: 'Background' } });
  }
}

/** Runs a case so many times, one after another. */
export async function realRuns(each: Case, times: number, site: Site): Promise<Timeline[]> {
  const runs: Timeline[] = [];
  for (let run = 1; run <= times; run += 1) runs.push(await realRun(each, run, site));
  return runs;
}

/** What is predicted of a case. */
export function predictionOf(each: Case, known: KnownOptions): Timeline {
  return predict(each.manifest, { ...known, ...changesOf(each), limit: LIMIT_SECONDS });
}

/** A case's real runs, and what is predicted of it. */
export function outcomeOf(each: Case, runs: Outcome['runs'], known: KnownOptions): Outcome {
  const drawnAgain = (seed: number): Timeline => predictionOf(each, { ...known, seed });
  return { name: each.name, predicted: predictionOf(each, known), runs, drawnAgain };
}

/** Works on a list, so many at a time; what is under way when the signal comes is finished, and no more. */
export async function inParallel<Item>(
  items: readonly Item[],
  width: number,
  signal: AbortSignal,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const queue = [...items];
  const next = (): Item | undefined => (signal.aborted ? undefined : queue.shift());
  const worker = async (): Promise<void> => {
    for (let item = next(); item !== undefined; item = next()) await work(item);
  };
  await Promise.all(Array.from({ length: width }, worker));
}
