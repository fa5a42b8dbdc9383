import { check, type Timeline } from '@online-inference/rollout';
import type { Property, Scenario } from './scenario';

/** One claim about one timeline. */
export interface Verdict {
  readonly claim: string;
  readonly source: Timeline['source'];
  readonly holds: boolean;
  /** The time and the numbers that prove a named situation. */
  readonly because: string;
}

/** A scenario with its timelines. */
export interface Proof {
  readonly scenario: Scenario;
  readonly predicted: Timeline;
  readonly recorded: Timeline;
  readonly verdicts: readonly Verdict[];
}

/** Evaluates every claim of a scenario on both timelines. */
export function proofOf(scenario: Scenario, predicted: Timeline, recorded: Timeline): Proof {
  const { claims, recordedClaims } = scenario;
  return {
    scenario,
    predicted,
    recorded,
    verdicts: [
      ...verdicts(predicted, scenario.expect, { ...claims }),
      ...verdicts(recorded, scenario.expect, { ...claims, ...recordedClaims, ...complete }),
    ],
  };
}

function verdicts(
  timeline: Timeline,
  situations: readonly string[],
  claims: Readonly<Record<string, Property>>,
): Verdict[] {
  const { source } = timeline;
  return [
    ...situations.map((situation) => {
      const { holds, because } = check(timeline, situation);
      return { claim: situation, source, holds, because };
    }),
    ...Object.entries(claims).map(([claim, property]) => ({
      claim,
      source,
      holds: property(timeline),
      because: '',
    })),
  ];
}

const complete: Readonly<Record<string, Property>> = {
  // A watch that resumes where it was cut misses nothing; its events come late.
  'the recording is complete, and no event is late by a second': ({ gaps = [], end }) =>
    gaps.every(({ from, to }) => to - from < 1) && end.reason !== 'interrupted',
};
