import type { Timeline } from '@online-inference/rollout';
import {
  createWorkload,
  record,
  type Cluster,
  type Session,
  type WorkloadKind,
  type WorkloadName,
} from '@online-inference/rollout/record';
import type { RecordedCase } from './calibrate';
import type { Case } from './draws';
import { LIMIT_SECONDS } from './limit';

/** Where cases are rolled out. */
export interface Site {
  readonly cluster: Cluster;
  /** Returns the session that watches workloads of a kind. */
  readonly getSession: (kind: WorkloadKind) => Promise<Session>;
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
async function rollOut(each: Case, run: number, { cluster, getSession, namespace }: Site): Promise<Timeline> {
  const name = `${each.name}-${run}`;
  const kind = each.manifest['kind'] as WorkloadKind;
  const session = await getSession(kind);
  const workload: WorkloadName = { kind, name, namespace };
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
    const path = `/apis/apps/v1/namespaces/${namespace}/${kind.toLowerCase()}s/${name}`;
    await cluster.request('DELETE', path, { query: { propagationPolicy: 'Background' } });
  }
}

/** A case and how often it is rolled out. */
export interface Job {
  readonly each: Case;
  readonly times: number;
}

/** Spreads one list evenly over another. */
export function spread<Item>(few: readonly Item[], many: readonly Item[]): Item[] {
  const place = (items: readonly Item[]) =>
    items.map((item, index) => ({ item, at: (index + 0.5) / items.length }));
  return [...place(few), ...place(many)].sort((a, b) => a.at - b.at).map(({ item }) => item);
}

/** Rolls out cases in order, some at the same time; the rollouts of one case follow one another. */
export async function rollOutAll(
  jobs: readonly Job[],
  parallel: number,
  site: Site,
): Promise<{ recorded: RecordedCase[]; failed: Failure[] }> {
  const recorded: RecordedCase[] = [];
  const failed: Failure[] = [];
  const queue = [...jobs];
  const work = async (): Promise<void> => {
    for (let job = queue.shift(); job && !site.signal.aborted; job = queue.shift()) {
      const { each, times } = job;
      try {
        const runs: Timeline[] = [];
        for (let run = 1; run <= times; run += 1) runs.push(await rollOut(each, run, site));
        recorded.push({ each, runs });
      } catch (error) {
        failed.push({ name: each.name, error: error instanceof Error ? error.message : String(error) });
      }
      const done = recorded.length + failed.length;
      if (done % PROGRESS_CASES === 0) process.stderr.write(`${done} of ${jobs.length} cases\n`);
    }
  };
  await Promise.all(Array.from({ length: parallel }, work));
  return { recorded, failed };
}
