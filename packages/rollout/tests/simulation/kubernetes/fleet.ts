import { workloadSpec } from '../../../src/manifest/workload.ts';
import type { WorkloadSpec } from '../../../src/manifest/workload-spec.ts';
import { planSync } from '../../../src/simulation/deployment-plan.ts';
import type { ReplicaSetVersion } from '../../../src/simulation/model.ts';
import { controller } from '../../manifests.ts';

/** A Deployment with the defaults of Kubernetes' own tests: no surge. */
export const deployment = (fields: Parameters<typeof controller>[0]): WorkloadSpec =>
  workloadSpec(controller({ maxSurge: 0, maxUnavailable: 1, ...fields }), 'test');

/** A ReplicaSet as the Deployment controller reads it. */
export interface SetFields {
  readonly replicas: number;
  readonly available?: number;
  /** Annotation `desired-replicas`. */
  readonly desired: number;
  /** Annotation `max-replicas`. */
  readonly max: number;
}

const createSet = ({ replicas, available = replicas, desired, max }: SetFields): ReplicaSetVersion => ({
  replicas,
  minReadySeconds: 0,
  desired,
  max,
  generation: 1,
  version: 0,
  status: { replicas, ready: available, available, observed: 1 },
});

/**
 * Returns the sizes of all ReplicaSets after one sync, in the given order.
 *
 * @param sets in order of creation
 * @param hasNew whether the last of them is the new one
 */
export function sizesAfterSync(spec: WorkloadSpec, sets: readonly SetFields[], hasNew = true): number[] {
  const fleet = {
    sets: sets.map(createSet),
    newIndex: hasNew ? sets.length - 1 : undefined,
    oldPodsExist: false,
  };
  const sizes = sets.map(({ replicas }) => replicas);
  for (const { index, to } of planSync(spec, fleet).scalings) sizes[index] = to;
  return sizes;
}
