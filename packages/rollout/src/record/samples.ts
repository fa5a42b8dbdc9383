import type { Counts, PodState, Sample, Version } from '../timeline/timeline.ts';

/** A state of a pod. */
export interface TimedState {
  readonly at: number;
  readonly state: PodState;
  /** When a ready pod becomes available. */
  readonly availableAt?: number;
}

/** A pod as far as its counts need it. */
export interface CountedPod {
  readonly version: Version;
  readonly states: readonly TimedState[];
}

interface Step {
  readonly at: number;
  readonly version: Version;
  readonly what: keyof Counts;
  readonly by: 1 | -1;
}

/** Returns the counts that include a pod in this state. */
function countsOf(state: PodState): readonly (keyof Counts)[] {
  if (state === 'gone') return [];
  if (state === 'terminating') return ['terminating'];
  return state === 'ready' ? ['total', 'ready'] : ['total'];
}

function* stepsOf({ version, states }: CountedPod): Generator<Step> {
  for (const [index, { at, state, availableAt }] of states.entries()) {
    const until = states[index + 1]?.at ?? Infinity;
    for (const what of countsOf(state)) {
      yield { at, version, what, by: 1 };
      yield { at: until, version, what, by: -1 };
    }
    if (availableAt === undefined || availableAt >= until) continue;
    yield { at: Math.max(at, availableAt), version, what: 'available', by: 1 };
    yield { at: until, version, what: 'available', by: -1 };
  }
}

const fields = ['total', 'ready', 'available', 'terminating'] as const;
const same = (a: Sample, b: Sample): boolean =>
  fields.every((field) => a.old[field] === b.old[field] && a.new[field] === b.new[field]);

/**
 * Returns the counts of pods over time.
 *
 * @param from when the recording began; anything earlier counts as happening then
 * @param to when the recording ended
 */
export function samplesOf(pods: readonly CountedPod[], from: number, to: number): Sample[] {
  const none: Counts = { total: 0, ready: 0, available: 0, terminating: 0 };
  const steps = pods
    .flatMap((pod) => [...stepsOf(pod)])
    .filter(({ at }) => at <= to)
    .sort((a, b) => a.at - b.at);
  const now = { old: { ...none }, new: { ...none } };
  const samples: Sample[] = [];
  const note = (at: number): void => {
    const sample = { at, old: { ...now.old }, new: { ...now.new } };
    const last = samples.at(-1);
    if (!last || !same(last, sample)) samples.push(sample);
  };
  for (const [index, { at, version, what, by }] of steps.entries()) {
    now[version][what] += by;
    const next = steps[index + 1]?.at ?? Infinity;
    if (next > Math.max(at, from)) note(Math.max(at, from));
  }
  if (samples[0]?.at !== from) samples.unshift({ at: from, old: none, new: none });
  return samples;
}
