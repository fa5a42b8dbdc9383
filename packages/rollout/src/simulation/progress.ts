import type { PodTemplate } from '../manifest/workload-spec';
import type { ReplicaSetObject } from './objects';

/** The counts of a Deployment's status. */
export interface DeploymentStatus {
  readonly replicas: number;
  readonly updated: number;
  readonly ready: number;
  readonly available: number;
}

/** The counts that the cache's ReplicaSets come to. */
export function statusOf(sets: readonly ReplicaSetObject[], { key }: PodTemplate): DeploymentStatus {
  const status = { replicas: 0, updated: 0, ready: 0, available: 0 };
  for (const { seen, template } of sets) {
    if (!seen) continue;
    status.replicas += seen.status.replicas;
    status.updated += template.key === key ? seen.status.replicas : 0;
    status.ready += seen.status.ready;
    status.available += seen.status.available;
  }
  return status;
}

type Reason =
  'NewReplicaSetCreated' | 'ReplicaSetUpdated' | 'NewReplicaSetAvailable' | 'ProgressDeadlineExceeded';

const complete = (status: DeploymentStatus, replicas: number): boolean =>
  status.updated === replicas && status.replicas === replicas && status.available === replicas;

const progressed = (before: DeploymentStatus, after: DeploymentStatus): boolean =>
  after.updated > before.updated ||
  after.replicas - after.updated < before.replicas - before.updated ||
  after.ready > before.ready ||
  after.available > before.available;

/**
 * A Deployment's condition `Progressing`.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/controller/deployment/progress.go
 */
export class Progress {
  reason: Reason = 'NewReplicaSetAvailable';
  #updatedAt = 0;

  /** A ReplicaSet has been created. */
  created(now: number): void {
    this.reason = 'NewReplicaSetCreated';
    this.#updatedAt = now;
  }

  /** Its time begins anew after a pause, unless it has been exceeded already. */
  resumed(now: number): void {
    if (this.reason === 'ProgressDeadlineExceeded') return;
    this.reason = 'ReplicaSetUpdated';
    this.#updatedAt = now;
  }

  /** @returns whether the deadline has just been exceeded */
  update(
    before: DeploymentStatus,
    after: DeploymentStatus,
    replicas: number,
    deadline: number,
    now: number,
  ): boolean {
    const { reason } = this;
    if (after.replicas === after.updated && reason === 'NewReplicaSetAvailable') return false;
    if (complete(after, replicas)) this.reason = 'NewReplicaSetAvailable';
    else if (progressed(before, after)) {
      this.reason = 'ReplicaSetUpdated';
      this.#updatedAt = now;
    } else if (
      reason !== 'NewReplicaSetAvailable' &&
      reason !== 'ProgressDeadlineExceeded' &&
      this.#updatedAt + deadline < now
    ) {
      this.reason = 'ProgressDeadlineExceeded';
      return true;
    }
    return false;
  }

  /**
   * Seconds until the deadline is to be looked at again; undefined where it is not. Of a
   * rollout that was once complete the deadline is never exceeded, so that Kubernetes looks
   * again and again (10 times a second) for nothing.
   */
  recheckAfter(
    status: DeploymentStatus,
    replicas: number,
    deadline: number,
    now: number,
  ): number | undefined {
    const over = this.reason === 'ProgressDeadlineExceeded' || this.reason === 'NewReplicaSetAvailable';
    if (over || complete(status, replicas)) return undefined;
    const left = this.#updatedAt + deadline - now;
    return left < 1 ? 0.005 : left + 1;
  }
}
