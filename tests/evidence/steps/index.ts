import type { Scenario } from '../scenario';
import { deployments } from './deployments';
import { probes } from './probes';
import { replicaset } from './replicaset';

/** All scenarios, in the homework's order. */
export const scenarios: readonly Scenario[] = [...probes, ...replicaset, ...deployments];
