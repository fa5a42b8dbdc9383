import type { Sample, Timeline } from '@online-inference/rollout';

/** What a change cost, in numbers that can be set beside another's. */
export interface Costs {
  /** Until it was settled. */
  readonly seconds: number;
  readonly mostPods: number;
  readonly fewestReady: number;
  /** For how long pods of both versions were ready. */
  readonly mixedSeconds: number;
  /** For how long all old and all new pods were ready. */
  readonly allReadySeconds: number;
  /** Between the first and the last new pod's readiness. */
  readonly readySpreadSeconds: number;
  readonly requests?: { readonly sent: number; readonly failed: number };
}

const pods = ({ old, new: now }: Sample): number => old.total + old.terminating + now.total + now.terminating;

/** The seconds in which a condition held, from the change on. */
function secondsOf({ samples, end }: Timeline, holds: (sample: Sample) => boolean): number {
  return samples.reduce((sum, sample, i) => {
    const until = samples[i + 1]?.at ?? end.at;
    return holds(sample) ? sum + Math.max(0, until - Math.max(0, sample.at)) : sum;
  }, 0);
}

export function costsOf(timeline: Timeline): Costs {
  const { samples, workload, load } = timeline;
  const { before, after } = workload.replicas;
  const since = samples.filter(({ at }) => at >= 0);
  const readyAt = timeline.pods
    .filter(({ version }) => version === 'new')
    .flatMap(({ states }) => states.find(({ state }) => state === 'ready')?.at ?? []);
  const round = (seconds: number): number => Math.round(seconds * 10) / 10;
  return {
    seconds: round(samples.at(-1)?.at ?? 0),
    mostPods: Math.max(...since.map(pods)),
    fewestReady: Math.min(...since.map(({ old, new: now }) => old.ready + now.ready)),
    mixedSeconds: round(secondsOf(timeline, ({ old, new: now }) => old.ready > 0 && now.ready > 0)),
    allReadySeconds: round(
      secondsOf(timeline, ({ old, new: now }) => old.ready >= before && now.ready >= after),
    ),
    readySpreadSeconds: readyAt.length === 0 ? 0 : round(Math.max(...readyAt) - Math.min(...readyAt)),
    ...(load && { requests: { sent: load.sent, failed: load.failed } }),
  };
}
