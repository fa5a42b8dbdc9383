import type { Timeline } from '@online-inference/rollout';
import {
  createWorkload,
  record,
  type Cluster,
  type Session,
  type WorkloadName,
} from '@online-inference/rollout/record';
import type { RecordedCase } from './calibrate';
import type { Case } from './cases';
import { LIMIT_SECONDS } from './outcome';

/** Where cases are rolled out. */
export interface Site {
  readonly cluster: Cluster;
  readonly session: Session;
  readonly namespace: string;
  /** Ends the run early; cases that are under way are completed. */
  readonly signal: AbortSignal;
}

/** A case that could not be rolled out. */
export interface Failure {
  readonly name: string;
  readonly error: string;
}

/** Longest time in seconds for the Deployment to settle before its change. */
const SETTLE_SECONDS = 180;
/** Number of cases between two lines of progress. */
const PROGRESS_CASES = 20;

/** Creates the Deployment of a case, changes it, records the rollout and deletes it. */
async function rollOut(each: Case, run: number, { cluster, session, namespace }: Site): Promise<Timeline> {
  const name = `${each.name}-${run}`;
  const workload: WorkloadName = { kind: 'Deployment', name, namespace };
  const text = JSON.stringify(each.manifest).replaceAll(`"${each.name}"`, `"${name}"`);
  await createWorkload(cluster, workload, JSON.parse(text) as Case['manifest']);
  try {
    const settling = { workload, leadSeconds: 0, quietSeconds: 1, limitSeconds: SETTLE_SECONDS };
    const { end } = await record(session, settling);
    if (end.reason !== 'settled') throw new Error(`${name} did not settle before its change: ${end.reason}`);
    const last = each.requests.at(-1)?.at ?? 0;
    return await record(session, {
      workload,
      changes: each.requests,
      limitSeconds: LIMIT_SECONDS,
      // Timestamps in whole seconds end the settling; without a random delay changes would have one phase.
      leadSeconds: 0.1 + Math.random(),
      atLeastSeconds: last === 0 ? 2 : 1,
    });
  } finally {
    const path = `/apis/apps/v1/namespaces/${namespace}/deployments/${name}`;
    await cluster.request('DELETE', path, { query: { propagationPolicy: 'Background' } });
  }
}

/**
 * Rolls out cases.
 *
 * @param times rollouts of each case, one after another
 * @param parallel cases at the same time
 */
export async function rollOutAll(
  cases: readonly Case[],
  { times, parallel }: { readonly times: number; readonly parallel: number },
  site: Site,
): Promise<{ recorded: RecordedCase[]; failed: Failure[] }> {
  const recorded: RecordedCase[] = [];
  const failed: Failure[] = [];
  const queue = [...cases];
  const work = async (): Promise<void> => {
    for (let each = queue.shift(); each && !site.signal.aborted; each = queue.shift()) {
      try {
        const runs: Timeline[] = [];
        for (let run = 1; run <= times; run += 1) runs.push(await rollOut(each, run, site));
        recorded.push({ each, runs });
      } catch (error) {
        failed.push({ name: each.name, error: error instanceof Error ? error.message : String(error) });
      }
      const done = recorded.length + failed.length;
      if (done % PROGRESS_CASES === 0) process.stderr.write(`${done} of ${cases.length} cases\n`);
    }
  };
  await Promise.all(Array.from({ length: parallel }, work));
  return { recorded, failed };
}
