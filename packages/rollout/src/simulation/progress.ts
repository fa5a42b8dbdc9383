import type { PodTemplate } from '../manifest/workload-spec.ts';
import type { ReplicaSetObject } from './model.ts';

/** Counts of pods in a Deployment's status. */
export interface DeploymentStatus {
  readonly replicas: number;
  /** Pods of the Deployment's current template. */
  readonly updated: number;
  readonly ready: number;
  readonly available: number;
}

/**
 * Sums the status of the cached ReplicaSets.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/controller/deployment/sync.go `calculateStatus`
 */
export function calculateStatus(sets: readonly ReplicaSetObject[], { key }: PodTemplate): DeploymentStatus {
  const status = { replicas: 0, updated: 0, ready: 0, available: 0 };
  for (const { cached, template } of sets) {
    if (!cached) continue;
    status.replicas += cached.status.replicas;
    status.updated += template.key === key ? cached.status.replicas : 0;
    status.ready += cached.status.ready;
    status.available += cached.status.available;
  }
  return status;
}

type Reason =
  'NewReplicaSetCreated' | 'ReplicaSetUpdated' | 'NewReplicaSetAvailable' | 'ProgressDeadlineExceeded';

/** @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/controller/deployment/util/deployment_util.go `DeploymentComplete` */
export const isComplete = (status: DeploymentStatus, replicas: number): boolean =>
  status.updated === replicas && status.replicas === replicas && status.available === replicas;

/** @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/controller/deployment/util/deployment_util.go `DeploymentProgressing` */
export const hasProgressed = (before: DeploymentStatus, after: DeploymentStatus): boolean =>
  after.updated > before.updated ||
  after.replicas - after.updated < before.replicas - before.updated ||
  after.ready > before.ready ||
  after.available > before.available;

const MAX_INT32 = 2 ** 31 - 1;

/** @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/controller/deployment/util/deployment_util.go `HasProgressDeadline` */
export const hasProgressDeadline = (deadline: number): boolean => deadline < MAX_INT32;

/** Requeue delay when the deadline passes within a second. */
const RECHECK_SOON_SECONDS = 0.005;

/**
 * The Progressing condition of a Deployment. Times and deadlines are in seconds.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/controller/deployment/progress.go `syncRolloutStatus`
 */
export class Progress {
  reason: Reason = 'NewReplicaSetAvailable';
  #updatedAt = 0;

  /** Registers the status before the change. A workload that is not complete has exceeded its deadline long ago. */
  adopted(status: DeploymentStatus, replicas: number): void {
    if (!isComplete(status, replicas)) this.reason = 'ProgressDeadlineExceeded';
  }

  /** Registers that a ReplicaSet was created. */
  created(now: number): void {
    this.reason = 'NewReplicaSetCreated';
    this.#updatedAt = now;
  }

  /** Restarts the deadline after a pause, unless it was exceeded before. */
  resumed(now: number): void {
    if (this.reason === 'ProgressDeadlineExceeded') return;
    this.reason = 'ReplicaSetUpdated';
    this.#updatedAt = now;
  }

  /**
   * Updates the condition after a change of the status.
   *
   * @returns true when this update exceeds the deadline
   */
  update(
    before: DeploymentStatus,
    after: DeploymentStatus,
    replicas: number,
    deadline: number,
    now: number,
  ): boolean {
    const { reason } = this;
    if (after.replicas === after.updated && reason === 'NewReplicaSetAvailable') return false;
    if (isComplete(after, replicas)) this.reason = 'NewReplicaSetAvailable';
    else if (hasProgressed(before, after)) {
      this.reason = 'ReplicaSetUpdated';
      this.#updatedAt = now;
    } else if (
      reason !== 'NewReplicaSetAvailable' &&
      reason !== 'ProgressDeadlineExceeded' &&
      hasProgressDeadline(deadline) &&
      this.#updatedAt + deadline < now
    ) {
      this.reason = 'ProgressDeadlineExceeded';
      return true;
    }
    return false;
  }

  /**
   * Returns the seconds until the deadline must be checked again, undefined when no check is needed.
   *
   * Kubernetes also rechecks a rollout that completed once, 10 times per second. Its deadline is never
   * exceeded, so these checks are left out.
   *
   * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/controller/deployment/progress.go `requeueStuckDeployment`
   */
  recheckAfter(
    status: DeploymentStatus,
    replicas: number,
    deadline: number,
    now: number,
  ): number | undefined {
    const over = this.reason === 'ProgressDeadlineExceeded' || this.reason === 'NewReplicaSetAvailable';
    if (over || !hasProgressDeadline(deadline) || isComplete(status, replicas)) return undefined;
    const left = this.#updatedAt + deadline - now;
    return left < 1 ? RECHECK_SOON_SECONDS : left + 1;
  }
}
