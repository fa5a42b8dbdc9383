import type { Timeline } from '@online-inference/rollout';
import type { Scenario } from './scenario';
import { verdicts, type Verdict } from './verdicts';

/** A scenario with what came of it. */
export interface Proof {
  readonly scenario: Scenario;
  readonly predicted: Timeline;
  readonly recorded: Timeline;
  readonly verdicts: readonly Verdict[];
}

/** Tries every claim of a scenario on both timelines. */
export function proofOf(scenario: Scenario, predicted: Timeline, recorded: Timeline): Proof {
  return { scenario, predicted, recorded, verdicts: verdicts(scenario, [predicted, recorded]) };
}
