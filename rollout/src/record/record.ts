import type { End, Timeline } from '../timeline';
import type { Change } from '../workload-facts';
import { InputError } from '../input-error';
import { ApiError } from './api-error';
import type { Cluster } from './cluster';
import { clusterFacts } from './cluster-facts';
import { jsonPatch } from './json-patch';
import { isController, isNamed, isPod, type Workload, type WorkloadKind } from './objects';
import { Recording } from './recording';
import type { Session } from './session';

export interface WorkloadName {
  readonly kind: WorkloadKind;
  readonly name: string;
  /** @default the cluster context's */
  readonly namespace?: string;
}

/** A change to make while recording. */
export interface PlannedChange {
  readonly change: Omit<Change, 'at'>;
  /** Seconds after the first change. @default 0 */
  readonly after?: number;
  /** The workload as it is to be, from what it is. */
  readonly apply: (workload: Workload) => object;
}

export interface RecordOptions {
  readonly workload: WorkloadName;
  /** In order; none to record what others do. @default [] */
  readonly changes?: readonly PlannedChange[];
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
  /** Added to the timeline when it ends. */
  readonly extras?: (zero: number) => Pick<Timeline, 'load'>;
}

const POLL_MS = 25;
const CONFLICT_TRIES = 5;

const isWorkload = (value: unknown): value is Workload =>
  isNamed(value) && (isController(value) || isPod(value));

/** @throws InputError where there is no such workload */
export async function readWorkload(
  cluster: Cluster,
  { kind, name, namespace }: WorkloadName,
): Promise<Workload> {
  const where = namespace ?? cluster.namespace;
  try {
    const object = await cluster.read(kind, where, name);
    if (isWorkload(object)) return object;
    throw new ApiError(0, `the API server answered with something that is no ${kind}`);
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 404) throw error;
    throw new InputError(
      `${kind} ${name} does not exist in namespace ${where} of context ${cluster.context}: nothing to record`,
    );
  }
}

/** Makes a change of the fields that it names; a spec that somebody else changed meanwhile is read anew. */
async function make(cluster: Cluster, name: WorkloadName, apply: PlannedChange['apply']): Promise<Workload> {
  for (let tries = 1; ; tries++) {
    const before = await readWorkload(cluster, name);
    const steps = jsonPatch(before, apply(before));
    if (steps.length === 0) return before;
    const { generation } = before.metadata;
    const unchanged =
      generation === undefined ? [] : [{ op: 'test', path: '/metadata/generation', value: generation }];
    try {
      const { kind, namespace = cluster.namespace } = name;
      const result = await cluster.patch(kind, namespace, name.name, [...unchanged, ...steps]);
      if (isWorkload(result)) return result;
      throw new ApiError(0, `the API server answered with something that is no ${kind}`);
    } catch (error) {
      const { status = 0, message } = error instanceof ApiError ? error : { message: '' };
      const changed = status === 409 || (status === 422 && /test/i.test(message));
      if (changed && tries < CONFLICT_TRIES) continue;
      if (status === 422 || status === 400) throw new InputError(message);
      throw error;
    }
  }
}

/**
 * Makes changes of a workload and records what they bring about.
 *
 * @returns the timeline, complete up to where it ended, however it ended
 * @throws InputError for a workload that does not exist or a change that the API server rejects
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
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
    return true;
  };
  const finish = (end: Omit<End, 'at'>): Timeline => {
    const at = session.now();
    leave();
    return recording.timeline({ at, ...end }, { cluster: facts, ...extras?.(recording.zero) });
  };
  try {
    const begun = recording.from + leadSeconds;
    let [first, last] = [begun, begun];
    let going = await until(() => session.now() >= begun);
    for (const [index, { change, after = 0, apply }] of changes.entries()) {
      going &&= await until(() => session.now() >= first + after);
      if (!going) break;
      const result = await make(cluster, name, apply);
      last = session.now();
      recording.changed(last, { at: last, ...change }, result);
      if (index === 0) first = recording.zero;
    }
    let quietSince = Infinity;
    const rest = (): boolean => {
      if (!recording.settled && recording.stalled === undefined) quietSince = Infinity;
      else quietSince = Math.min(quietSince, session.now());
      return session.now() - quietSince >= quietSeconds && session.now() - last >= atLeastSeconds;
    };
    if (going && (await until(rest))) {
      const why = recording.stalled;
      return finish({ reason: 'settled', ...(why !== undefined && { message: `it has stopped: ${why}` }) });
    }
    return finish({ reason: signal?.aborted ? 'interrupted' : 'limit' });
  } finally {
    leave();
  }
}
