import type { Timeline, Timings } from '../../packages/rollout/src';
import type { Case } from './cases';

/** What a cluster takes, measured on cases that are not judged. */
export interface Calibration {
  readonly timings: Pick<Timings, 'write' | 'watch' | 'containerStart' | 'cleanup'>;
  readonly jitter: number;
  /** What a pod takes to become ready beyond its start delay. */
  readonly readyExtra: number;
}

const part = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.floor(share * (values.length - 1))] ?? 0;

const Z90 = 1.2816;
/** Of the longest latencies of a hundred one is not a latency but a cluster at a standstill. */
const MOST_JITTER = 1;

/** Medians, and the spread, of what pods took in real runs. */
export function calibrate(
  measured: readonly { readonly each: Case; readonly runs: readonly Timeline[] }[],
): Calibration {
  const [start, ready, end, first]: [number[], number[], number[], number[]] = [[], [], [], []];
  for (const { each, runs } of measured) {
    for (const { samples, pods } of runs) {
      const created = samples.find(({ at, new: now }) => at > 0 && now.total > 0)?.at;
      if (created !== undefined) first.push(created);
      for (const { states, revision } of pods) {
        const at = (name: string): number => states.find(({ state }) => state === name)?.at ?? NaN;
        const delay = revision === 0 ? each.startDelay.old : each.startDelay.new;
        if (at('pending') > 0) start.push(at('starting') - at('pending'));
        if (at('pending') > 0) ready.push(at('ready') - at('starting') - delay);
        if (at('ready') < at('terminating')) end.push(at('gone') - at('terminating') - each.drain);
      }
    }
  }
  const [starts, readies, ends] = [start, ready, end].map((list) => list.filter((value) => value > 0));
  const spread = [starts, readies, ends].map((list = []) =>
    list.length > 5 ? Math.log(part(list, 0.9) / part(list, 0.5)) / Z90 : 0,
  );
  // the change, the ReplicaSet and the pod are a write each, and each is watched for
  const write = Math.max(0.005, part(first, 0.5) / 3);
  return {
    timings: {
      write,
      watch: write / 3,
      containerStart: part(starts ?? [], 0.5),
      cleanup: part(ends ?? [], 0.5),
    },
    jitter: Math.min(MOST_JITTER, Math.max(...spread)),
    readyExtra: part(readies ?? [], 0.5),
  };
}
