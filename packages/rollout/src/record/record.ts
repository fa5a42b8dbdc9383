import { setTimeout as sleep } from 'node:timers/promises';
import { changed, type ChangeRequest } from '../manifest/change';
import type { End, Timeline } from '../timeline/timeline';
import { ApiError } from './api-error';
import { clusterFacts } from './cluster-facts';
import type { Load, LoadOptions } from './load';
import { startLoad } from './load-run';
import { makeChange, readWorkload, type WorkloadName } from './make-change';
import { Recording } from './recording';
import type { Session } from './session';

export interface RecordOptions {
  readonly workload: WorkloadName;
  /** In order, each `at` seconds after the first; none to record what others do. @default [] */
  readonly changes?: readonly ChangeRequest[];
  /** End after so many seconds, settled or not. @default 600 */
  readonly limitSeconds?: number;
  /** It is settled when nothing has been left to do for so long. @default 2 */
  readonly quietSeconds?: number;
  /** Record for so long before the change. @default 1, and 3 with load */
  readonly leadSeconds?: number;
  /** Go on for so long after the last change, even if settled. @default 0 */
  readonly atLeastSeconds?: number;
  /** With no changes of its own: wait for the limit or the signal, as others have yet to make theirs. @default false */
  readonly watching?: boolean;
  /** Ends the recording early; it is complete up to there. */
  readonly signal?: AbortSignal;
  /** Told of the recording once it has begun, to show it as it goes. */
  readonly onBegin?: (recording: Recording, load?: Load) => void;
  /** Requests to send meanwhile. @default none */
  readonly load?: LoadOptions;
}

const POLL_MS = 20;
const RETRY_MS = 200;

/** Tries again for as long as the API server cannot be reached: making a change twice is making it once. */
async function insist<Made>(
  make: () => Promise<Made>,
  until: (done: () => boolean) => Promise<boolean>,
): Promise<Made | undefined> {
  for (;;) {
    try {
      return await make();
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 0) throw error;
      const again = Date.now() + RETRY_MS;
      if (!(await until(() => Date.now() >= again))) return undefined;
    }
  }
}

/**
 * Makes changes of a workload and records what they bring about.
 *
 * @returns the timeline, complete up to where it ended, however it ended
 * @throws InputError for a workload that does not exist or a change that the API server rejects
 * @throws ApiError where the API server refuses, or cannot be reached to begin with
 */
export async function record(session: Session, options: RecordOptions): Promise<Timeline> {
  const { cluster } = session;
  const { workload: name, changes = [], signal } = options;
  const { limitSeconds = 600, quietSeconds = 2, atLeastSeconds = 0 } = options;
  const leadSeconds = options.leadSeconds ?? (options.load ? 3 : 1);
  const facts = await clusterFacts(cluster);
  const now = (): number => session.now();
  const found = await readWorkload(cluster, name);
  for (const request of changes) changed({ ...found }, request); // what cannot be done is told before it is half done
  const load = options.load && (await startLoad(cluster, found, options.load, now));
  const recording = new Recording(now(), await readWorkload(cluster, name), session.epoch);
  const leave = session.follow(recording);
  options.onBegin?.(recording, load?.load);

  const until = async (done: () => boolean): Promise<boolean> => {
    while (!done()) {
      if (signal?.aborted || now() - recording.from > limitSeconds) return false;
      await sleep(POLL_MS);
    }
    return true;
  };
  let [changedLast, quietSince] = [recording.from, Infinity];
  const atRest = (): boolean => {
    const waiting = options.watching === true && !recording.changedYet;
    const moving = waiting || (!recording.settled && recording.stalled === undefined);
    quietSince = moving ? Infinity : Math.min(quietSince, now());
    return now() >= Math.max(quietSince + quietSeconds, changedLast + atLeastSeconds);
  };
  const follow = async (): Promise<Omit<End, 'at'>> => {
    let going = await until(() => now() >= recording.from + leadSeconds);
    for (const request of changes) {
      const { at = 0 } = request;
      going &&= await until(() => now() >= (at === 0 ? 0 : recording.zero + at));
      if (!going) break;
      const made = await insist(() => makeChange(cluster, name, request), until);
      if (!made) return { reason: signal?.aborted ? 'interrupted' : 'limit' };
      const { change, result } = made;
      changedLast = now();
      recording.changed(changedLast, change, result);
    }
    going &&= await until(atRest);
    if (!going) return { reason: signal?.aborted ? 'interrupted' : 'limit' };
    const why = recording.stalled;
    return why === undefined ? { reason: 'settled' } : { reason: 'stalled', message: why };
  };
  try {
    const end = await follow().catch((error: unknown): Omit<End, 'at'> => {
      if (!recording.changedYet) throw error;
      return { reason: 'interrupted', message: error instanceof Error ? error.message : String(error) };
    });
    const at = now();
    leave();
    const timeline = recording.timeline({ at, ...end }, facts);
    return load ? await load.finish(timeline, recording.zero) : timeline;
  } finally {
    leave();
    await load?.stop();
  }
}
