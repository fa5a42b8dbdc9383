import type { Timeline } from '@online-inference/rollout';
import type { LoadReport } from '../kit/load/load';

/** One action on the pods under load, recorded until it has settled. */
export interface Phase {
  readonly name: string;
  readonly timeline: Timeline;
}

/** What a scenario observed. */
export interface Observed {
  readonly load: LoadReport;
  /** In order of time. */
  readonly phases: readonly Phase[];
  /** Evictions that the disruption budget refused. @default - nothing was evicted */
  readonly refusedEvictions?: number;
}

/** A claim, and the numbers that prove or refute it. */
export interface Claim {
  readonly claim: string;
  readonly holds: boolean;
  readonly because: string;
}

/** Options of a soak. */
export interface SoakOptions {
  /** Requests a second to each Service. */
  readonly ratePerSecond: number;
  /** Rollouts of each strategy. */
  readonly rollouts: number;
  /** Environment variables of the rolled-out pods beyond those of dist/. @default {} */
  readonly environment?: Readonly<Record<string, string>>;
}

/** What pods go through under a steady load. */
export interface Scenario {
  readonly id: string;
  readonly title: string;
  /** What the scenario does, in Markdown. */
  readonly how: string;
  readonly observe: (options: SoakOptions) => Promise<Observed>;
  readonly claims: (observed: Observed) => readonly Claim[];
}

/** The result of a soak, as `soak.json` stores it. */
export interface Soak {
  readonly beganAt: string;
  readonly minutes: number;
  /** Digest of the dist/ that the soak ran. */
  readonly dist: string;
  readonly options: SoakOptions;
  /** By the scenario's id. */
  readonly observed: Readonly<Record<string, Observed>>;
  /** Why a scenario could not be observed, by its id. */
  readonly unobserved: Readonly<Record<string, string>>;
}

/** A scenario with what it observed. */
export interface Proof {
  readonly scenario: Scenario;
  readonly observed: Observed;
  readonly claims: readonly Claim[];
}

/** Evaluates the claims of each observed scenario, in the scenarios' order. */
export function proofs({ observed }: Pick<Soak, 'observed'>, scenarios: readonly Scenario[]): Proof[] {
  return scenarios.flatMap((scenario) => {
    const found = observed[scenario.id];
    return found ? [{ scenario, observed: found, claims: scenario.claims(found) }] : [];
  });
}

/** Returns the cluster that a soak ran on. */
export function clusterOf({ observed }: Pick<Soak, 'observed'>): Timeline['cluster'] {
  return Object.values(observed)[0]?.phases[0]?.timeline.cluster;
}

/** Converts seconds of a timeline to milliseconds since the epoch. */
export function wallClock({ cluster }: Timeline, seconds: number): number {
  return Date.parse(cluster?.changedAt ?? '') + seconds * 1000;
}
