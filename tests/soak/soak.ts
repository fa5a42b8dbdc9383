import type { Timeline } from '@online-inference/rollout';
import type { Claim, Observed, Scenario, SoakOptions } from './scenario';

/** All that a page is made of, as it is kept. */
export interface Soak {
  readonly beganAt: string;
  readonly minutes: number;
  readonly options: SoakOptions;
  /** By the scenario's id. */
  readonly observed: Readonly<Record<string, Observed>>;
  /** Why a scenario could not be observed, by its id. */
  readonly unobserved: Readonly<Record<string, string>>;
}

/** A scenario that was observed, and its claims tried. */
export interface Proof {
  readonly scenario: Scenario;
  readonly observed: Observed;
  readonly claims: readonly Claim[];
}

/** The claims of what was observed, in the scenarios' order. */
export function proofs({ observed }: Pick<Soak, 'observed'>, scenarios: readonly Scenario[]): Proof[] {
  return scenarios.flatMap((scenario) => {
    const found = observed[scenario.id];
    return found ? [{ scenario, observed: found, claims: scenario.claims(found) }] : [];
  });
}

export const failed = ({ claims }: Proof): boolean => claims.some(({ holds }) => !holds);

/** Where it was observed. */
export function clusterOf({ observed }: Pick<Soak, 'observed'>): Timeline['cluster'] {
  return Object.values(observed)[0]?.phases[0]?.timeline.cluster;
}
