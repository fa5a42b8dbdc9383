import {
  existingPods,
  fewestOf,
  mostOf,
  readyPods,
  type Sample,
  type Timeline,
} from '@online-inference/rollout';

/** The cost of a change. Times are in seconds. */
export interface Costs {
  /** Until the workload had settled. */
  readonly seconds: number;
  /** Largest number of pods, including terminating ones. */
  readonly mostPods: number;
  readonly fewestReady: number;
  /** How long pods of both versions were ready. */
  readonly mixedSeconds: number;
  /** How long all old and all new pods were ready. */
  readonly allReadySeconds: number;
  /** Between the first and the last new pod's readiness. */
  readonly readySpreadSeconds: number;
  readonly requests?: { readonly sent: number; readonly failed: number };
}

/** Returns how long a condition held since the change. */
function secondsOf({ samples, end }: Timeline, holds: (sample: Sample) => boolean): number {
  return samples.reduce((sum, sample, i) => {
    const until = samples[i + 1]?.at ?? end.at;
    return holds(sample) ? sum + Math.max(0, until - Math.max(0, sample.at)) : sum;
  }, 0);
}

const round = (seconds: number): number => Math.round(seconds * 10) / 10;

/** Computes the cost of a timeline's change. */
export function costsOf(timeline: Timeline): Costs {
  const { samples, workload, load } = timeline;
  const { before, after } = workload.replicas;
  const since = samples.filter(({ at }) => at >= 0);
  const readyAt = timeline.pods
    .filter(({ version }) => version === 'new')
    .flatMap(({ states }) => states.find(({ state }) => state === 'ready')?.at ?? []);
  return {
    seconds: round(samples.at(-1)?.at ?? 0),
    mostPods: mostOf(since, existingPods),
    fewestReady: fewestOf(since, readyPods),
    mixedSeconds: round(secondsOf(timeline, ({ old, new: now }) => old.ready > 0 && now.ready > 0)),
    allReadySeconds: round(
      secondsOf(timeline, ({ old, new: now }) => old.ready >= before && now.ready >= after),
    ),
    readySpreadSeconds: readyAt.length === 0 ? 0 : round(Math.max(...readyAt) - Math.min(...readyAt)),
    ...(load && { requests: { sent: load.sent, failed: load.failed } }),
  };
}
