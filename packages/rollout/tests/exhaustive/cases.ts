import { exploreStates, type Node } from '../../src/exhaustive/graph.ts';
import type { Manifest } from '../../src/index.ts';
import { workloadSpec } from '../../src/manifest/workload.ts';
import type { WorkloadSpec } from '../../src/manifest/workload-spec.ts';
import { controller, readinessProbe } from '../manifests.ts';

/** A rollout of a Deployment. */
export interface Case {
  readonly replicas: number;
  readonly maxSurge: number;
  readonly maxUnavailable: number;
  readonly minReadySeconds?: number;
}

/** Returns its manifest. */
export const manifestOf = (fields: Case): Manifest =>
  controller({ ...fields, container: { readinessProbe } });
/** Returns its workload. */
export const specOf = (fields: Case): WorkloadSpec => workloadSpec(manifestOf(fields), 'manifest');
/** Returns its states. */
export const graphOf = (fields: Case): Node[] => exploreStates(specOf(fields), Infinity) ?? [];
