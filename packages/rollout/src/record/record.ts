import { setTimeout as sleep } from 'node:timers/promises';
import { InputError } from '../errors/input-error.ts';
import { messageOf } from '../errors/reason.ts';
import { applyChange, type ChangeRequest } from '../manifest/change.ts';
import { LOAD_LEAD_SECONDS } from '../requests/load-shape.ts';
import type { End, Timeline } from '../timeline/timeline.ts';
import { ApiError } from './api-error.ts';
import { clusterInfo } from './cluster-info.ts';
import type { LoadGenerator, LoadOptions } from './load-generator.ts';
import { startLoad } from './load-run.ts';
import { makeChange, readWorkload, type WorkloadName } from './make-change.ts';
import { Recording } from './recording.ts';
import type { Session } from './session.ts';

/** What to record. Times are in seconds. */
export interface RecordOptions {
  /** The workload to change and record. */
  readonly workload: WorkloadName;
  /** Changes to make, in order, each `at` seconds after the first. @default none: others make the changes */
  readonly changes?: readonly ChangeRequest[];
  /** When the recording ends if the workload has not settled. @default 600 */
  readonly limitSeconds?: number;
  /** How long the workload must have been settled before the recording ends. @default 2 */
  readonly quietSeconds?: number;
  /** How long to record before the first change. @default 1, with load 3 */
  readonly leadSeconds?: number;
  /** Shortest time to record after the last change, even if the workload has settled. @default 0 */
  readonly atLeastSeconds?: number;
  /** Whether to wait for a change that others make before the workload can count as settled. @default false */
  readonly watching?: boolean;
  /** Ends the recording early. The timeline is complete up to that time. */
  readonly signal?: AbortSignal;
  /** Called when the recording has begun, for example to show its progress. */
  readonly onBegin?: (recording: Recording, load?: LoadGenerator) => void;
  /** Load to send during the recording. @default none */
  readonly load?: LoadOptions | undefined;
}

type Outcome = Omit<End, 'at'>;
/** Waits until a condition holds. Resolves to false if the limit or the signal comes first. */
type Until = (done: () => boolean) => Promise<boolean>;

const POLL_MS = 20;
const RETRY_MS = 200;

/** Retries while the API server cannot be reached. Making the same change twice has no further effect. */
async function retry<Result>(attempt: () => Promise<Result>, until: Until): Promise<Result | undefined> {
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 0) throw error;
      const again = Date.now() + RETRY_MS;
      if (!(await until(() => Date.now() >= again))) return undefined;
    }
  }
}

/** Returns a condition that holds when the workload has been at rest for long enough. */
function restCondition(
  { now }: Pick<Session, 'now'>,
  recording: Recording,
  { quietSeconds = 2, atLeastSeconds = 0, watching = false }: RecordOptions,
  lastChangeAt: number,
): () => boolean {
  let quietSince = Infinity;
  return () => {
    const waiting = watching && !recording.hasChanged;
    const moving = waiting || (!recording.settled && recording.stallReason === undefined);
    quietSince = moving ? Infinity : Math.min(quietSince, now());
    return now() >= Math.max(quietSince + quietSeconds, lastChangeAt + atLeastSeconds);
  };
}

/** Makes the changes, waits until the workload is at rest, and returns why the recording ends. */
async function follow(session: Session, recording: Recording, options: RecordOptions): Promise<Outcome> {
  const { cluster, now } = session;
  const { workload, changes = [], limitSeconds = 600, signal } = options;
  const until: Until = async (done) => {
    while (!done()) {
      if (signal?.aborted || now() - recording.from > limitSeconds) return false;
      await sleep(POLL_MS);
    }
    return true;
  };
  const early = (): Outcome => ({ reason: signal?.aborted ? 'interrupted' : 'limit' });

  const leadSeconds = options.leadSeconds ?? (options.load ? LOAD_LEAD_SECONDS : 1);
  if (!(await until(() => now() >= recording.from + leadSeconds))) return early();
  let lastChangeAt = recording.from;
  for (const request of changes) {
    const { at = 0 } = request;
    if (!(await until(() => at === 0 || now() >= recording.zero + at))) return early();
    const made = await retry(() => makeChange(cluster, workload, request), until);
    if (!made) return early();
    lastChangeAt = now();
    recording.addChange(lastChangeAt, made.change, made.result);
  }
  if (!(await until(restCondition(session, recording, options, lastChangeAt)))) return early();
  const message = recording.stallReason;
  return message === undefined ? { reason: 'settled' } : { reason: 'stalled', message };
}

/**
 * Changes a workload and records what happens.
 *
 * @returns the timeline, complete up to its end, whatever ended it
 * @throws InputError if the workload does not exist or the API server rejects a change
 * @throws ApiError if the API server rejects another request, or cannot be reached before the first change
 */
export async function record(session: Session, options: RecordOptions): Promise<Timeline> {
  const { cluster, now } = session;
  const { workload, changes = [] } = options;
  const info = await clusterInfo(cluster);
  const found = await readWorkload(cluster, workload);
  // reject an impossible change before an earlier one has been made
  for (const request of changes) {
    if (request.drainNode !== undefined)
      throw new InputError('record does not drain nodes: run kubectl drain beside record --watch');
    applyChange({ ...found }, request);
  }
  const load = options.load && (await startLoad(cluster, found, options.load, now));
  const recording = new Recording(now(), await readWorkload(cluster, workload), session.epoch);
  const unfollow = session.follow(recording);
  options.onBegin?.(recording, load?.generator);
  try {
    const end = await follow(session, recording, options).catch((error: unknown): Outcome => {
      if (!recording.hasChanged) throw error;
      return { reason: 'interrupted', message: messageOf(error) };
    });
    const at = now();
    unfollow();
    const timeline = recording.timeline({ at, ...end }, info);
    return load ? await load.finish(timeline, recording.zero) : timeline;
  } finally {
    unfollow();
    await load?.stop();
  }
}
