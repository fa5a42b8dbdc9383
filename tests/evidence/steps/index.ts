import type { Scenario } from '../scenario';
import { deployments } from './deployments';
import { probes } from './probes';
import { replicaset } from './replicaset';

/** Everything that is predicted and recorded, in the homework's order. */
export const scenarios: readonly Scenario[] = [...probes, ...replicaset, ...deployments];
