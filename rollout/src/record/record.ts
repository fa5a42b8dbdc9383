import { setTimeout as sleep } from 'node:timers/promises';
import type { ChangeRequest } from '../manifest/change';
import type { End, Timeline } from '../timeline';
import { clusterFacts } from './cluster-facts';
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
  /** Record for so long before the change. @default 1 */
  readonly leadSeconds?: number;
  /** Go on for so long after the last change, even if settled. @default 0 */
  readonly atLeastSeconds?: number;
  /** Ends the recording early; it is complete up to there. */
  readonly signal?: AbortSignal;
  /** Told of the recording once it has begun, to show it as it goes. */
  readonly onBegin?: (recording: Recording) => void;
  /** Asked at the end what to add, such as load that was sent; `zero` is second 0 on the session's clock. */
  readonly extras?: (zero: number) => Pick<Timeline, 'load'>;
}

const POLL_MS = 20;

/**
 * Makes changes of a workload and records what they bring about.
 *
 * @returns the timeline, complete up to where it ended, however it ended
 * @throws InputError for a workload that does not exist or a change that the API server rejects
 * @throws ApiError where the API server refuses, or cannot be reached to begin with
 */
export async function record(session: Session, options: RecordOptions): Promise<Timeline> {
  const { cluster } = session;
  const { workload: name, changes = [], signal, extras } = options;
  const { limitSeconds = 600, quietSeconds = 2, leadSeconds = 1, atLeastSeconds = 0 } = options;
  const facts = await clusterFacts(cluster);
  const workload = await readWorkload(cluster, name);
  const recording = new Recording(session.now(), workload, session.epoch);
  const leave = session.follow(recording);
  options.onBegin?.(recording);

  const until = async (done: () => boolean): Promise<boolean> => {
    while (!done()) {
      if (signal?.aborted || session.now() - recording.from > limitSeconds) return false;
      await sleep(POLL_MS);
    }
    return true;
  };
  const finish = (end: Omit<End, 'at'>): Timeline => {
    const at = session.now();
    leave();
    return recording.timeline({ at, ...end }, { cluster: facts, ...extras?.(recording.zero) });
  };
  let [changedLast, quietSince] = [recording.from, Infinity];
  const atRest = (): boolean => {
    const moving = !recording.settled && recording.stalled === undefined;
    quietSince = moving ? Infinity : Math.min(quietSince, session.now());
    return session.now() >= Math.max(quietSince + quietSeconds, changedLast + atLeastSeconds);
  };
  try {
    let going = await until(() => session.now() >= recording.from + leadSeconds);
    for (const request of changes) {
      const { at = 0 } = request;
      const due = at === 0 ? session.now() : recording.zero + at;
      going &&= await until(() => session.now() >= due);
      if (!going) break;
      const { change, result } = await makeChange(cluster, name, request);
      changedLast = session.now();
      recording.changed(changedLast, change, result);
    }
    going &&= await until(atRest);
    if (!going) return finish({ reason: signal?.aborted ? 'interrupted' : 'limit' });
    const why = recording.stalled;
    return finish({ reason: 'settled', ...(why !== undefined && { message: `it has stopped: ${why}` }) });
  } finally {
    leave();
  }
}
