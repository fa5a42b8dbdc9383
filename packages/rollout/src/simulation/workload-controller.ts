import type { WorkloadKind } from '../rules/kinds.ts';
import type { Admission } from './admission.ts';
import { DaemonSetController } from './daemon-set-controller.ts';
import { DeploymentController } from './deployment-controller.ts';
import { PodControl } from './pod-control.ts';
import { StatefulSetController } from './stateful-set-controller.ts';
import type { World } from './world.ts';

/** The controller of a workload's kind, above the ReplicaSet controller. */
export interface WorkloadController {
  /** Reads the state before the change. */
  adopt(): void;
  /** Registers a write to the workload. */
  written(): void;
  /** True when a deadline for progress is exceeded. */
  readonly stalled?: boolean;
  /** True when the pods have the template that they should have. @default - the ReplicaSets tell */
  readonly settled?: boolean;
}

/** Returns whether the pods of a kind belong to ReplicaSets. */
export const hasReplicaSet = (kind: WorkloadKind): boolean => kind === 'Deployment' || kind === 'ReplicaSet';

/** Returns the controller of the workload's kind; undefined for a ReplicaSet and a bare Pod. */
export function createController(world: World, admission: Admission): WorkloadController | undefined {
  switch (world.spec.kind) {
    case 'Deployment':
      return new DeploymentController(world);
    case 'StatefulSet':
      return new StatefulSetController(world, new PodControl(world, admission));
    case 'DaemonSet':
      return new DaemonSetController(world, new PodControl(world, admission));
    default:
      return undefined;
  }
}
