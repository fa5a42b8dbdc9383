import type { Timeline } from '@online-inference/rollout';
import type { LoadReport } from '../kit/load/load';

/** One thing that is done to the pods under load, until it has settled. */
export interface Phase {
  readonly name: string;
  readonly timeline: Timeline;
}

/** What was seen of a scenario, as it is kept. */
export interface Observed {
  readonly load: LoadReport;
  /** In order of time. */
  readonly phases: readonly Phase[];
  /** Whatever else a claim of the scenario is about. */
  readonly facts?: Readonly<Record<string, number>>;
}

/** A claim, and the numbers that prove it or do not. */
export interface Claim {
  readonly claim: string;
  readonly holds: boolean;
  readonly because: string;
}

export interface SoakOptions {
  /** Requests a second, to each Service. */
  readonly ratePerSecond: number;
  /** Of each strategy. */
  readonly rollouts: number;
  /** Environment variables that the pods get beyond the committed ones. @default none */
  readonly environment?: Readonly<Record<string, string>>;
}

/** Something that pods go through, under steady requests. */
export interface Scenario {
  readonly id: string;
  readonly title: string;
  /** What was done, where the title does not say it. */
  readonly how: string;
  readonly observe: (options: SoakOptions) => Promise<Observed>;
  readonly claims: (observed: Observed) => readonly Claim[];
}
