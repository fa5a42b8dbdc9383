import type { Timeline } from '@online-inference/rollout';
import type { Case } from './draws';
import type { Calibration } from './grounds';

/** A case with its recorded rollouts. */
export interface RecordedCase {
  readonly each: Case;
  readonly runs: readonly Timeline[];
}

const MIN_WRITE_SECONDS = 0.001;
/** How many times the median of a write it takes until the first pod exists. */
const FIRST_POD_WRITES = 7;
/** More jitter than this is not latency but a cluster that stood still. */
const MAX_JITTER = 1;
/** The 90 % quantile of the standard normal distribution. */
const Z90 = 1.2816;
/** Smallest number of values from which a spread is estimated. */
const MIN_VALUES = 6;

const getQuantile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.floor(share * (values.length - 1))] ?? 0;

/** Estimates the jitter of a lognormal latency: ln(90 % quantile / median) / 1.2816. */
const estimateJitter = (values: readonly number[]): number =>
  values.length < MIN_VALUES ? 0 : Math.log(getQuantile(values, 0.9) / getQuantile(values, 0.5)) / Z90;

type Latencies = Record<'start' | 'ready' | 'end', number[]>;

/** Returns the positive latencies of all pods: creation to start, start to ready, deletion to gone. */
function measurePods(recorded: readonly RecordedCase[]): Latencies {
  const latencies: Latencies = { start: [], ready: [], end: [] };
  const add = (name: keyof Latencies, seconds: number): void => {
    if (seconds > 0) latencies[name].push(seconds);
  };
  for (const { each, runs } of recorded) {
    for (const { states, revision } of runs.flatMap(({ pods }) => pods)) {
      const at = (name: string): number => states.find(({ state }) => state === name)?.at ?? NaN;
      const delay = revision === 0 ? each.startDelay.old : each.startDelay.new;
      if (at('pending') > 0) add('start', at('starting') - at('pending'));
      if (at('pending') > 0) add('ready', at('ready') - at('starting') - delay);
      if (at('ready') < at('terminating')) add('end', at('gone') - at('terminating') - each.drain);
    }
  }
  return latencies;
}

/** Returns the medians and the spread of the latencies in recorded rollouts. */
export function calibrate(recorded: readonly RecordedCase[]): Calibration {
  const { start, ready, end } = measurePods(recorded);
  const firstPods = recorded
    .flatMap(({ runs }) => runs)
    .flatMap(({ samples }) => samples.find(({ at, new: now }) => at > 0 && now.total > 0)?.at ?? []);
  // Until the first pod exists, the ReplicaSet and the pod are written and served, and two watches deliver.
  const write = Math.max(MIN_WRITE_SECONDS, getQuantile(firstPods, 0.5) / FIRST_POD_WRITES);
  return {
    timings: {
      write,
      watch: (2 * write) / 3,
      containerStart: getQuantile(start, 0.5),
      cleanup: getQuantile(end, 0.5),
    },
    jitter: Math.min(MAX_JITTER, Math.max(...[start, ready, end].map(estimateJitter))),
    readyExtra: getQuantile(ready, 0.5),
  };
}
