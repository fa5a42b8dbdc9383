import { check, type Timeline } from '@online-inference/rollout';
import type { Property, Scenario } from './scenario';

/** Whether a claim holds of a timeline. */
export interface Outcome {
  readonly holds: boolean;
  /** The time and the numbers that prove a named situation; empty for any other claim. */
  readonly because: string;
}

/** A claim about both timelines, or only about the recording. */
interface Verdict {
  readonly claim: string;
  readonly predicted?: Outcome;
  readonly recorded: Outcome;
}

/** A scenario with its timelines. */
export interface Proof {
  readonly scenario: Scenario;
  readonly predicted: Timeline;
  readonly recorded: Timeline;
  readonly verdicts: readonly Verdict[];
}

/** Returns each outcome of a proof with its claim and timeline. */
export function outcomesOf({ verdicts }: Proof): (Outcome & { readonly claim: string })[] {
  return verdicts.flatMap(({ claim, predicted, recorded }) => [
    ...(predicted ? [{ ...predicted, claim: `${claim}, predicted` }] : []),
    { ...recorded, claim: `${claim}, recorded` },
  ]);
}

/** Evaluates every claim of a scenario on both timelines. */
export function proofOf(scenario: Scenario, predicted: Timeline, recorded: Timeline): Proof {
  const about = (timeline: Timeline, property: Property): Outcome => ({
    holds: property(timeline),
    because: '',
  });
  const verdicts: Verdict[] = [
    ...scenario.expect.map((claim) => ({
      claim,
      predicted: check(predicted, claim),
      recorded: check(recorded, claim),
    })),
    ...Object.entries(scenario.claims ?? {}).map(([claim, property]) => ({
      claim,
      predicted: about(predicted, property),
      recorded: about(recorded, property),
    })),
    ...Object.entries({ ...scenario.recordedClaims, ...complete }).map(([claim, property]) => ({
      claim,
      recorded: about(recorded, property),
    })),
  ];
  return { scenario, predicted, recorded, verdicts };
}

const complete: Readonly<Record<string, Property>> = {
  // A watch that resumes where it was cut misses nothing; its events come late.
  'the recording is complete, and no event is late by a second': ({ gaps = [], end }) =>
    gaps.every(({ from, to }) => to - from < 1) && end.reason !== 'interrupted',
};
