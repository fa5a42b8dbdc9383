import type { ReplicaSetObject } from './model.ts';
import type { WorkloadController } from './workload-controller.ts';
import type { World } from './world.ts';

/** Returns why pods wait: `; 1 pod waits: ImagePullBackOff`. */
function describeWaiting({ ledger }: World): string {
  const counts = new Map<string, number>();
  for (const { states } of ledger.pods) {
    const { reason } = states.at(-1) ?? {};
    if (reason !== undefined) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  return [...counts]
    .map(([reason, count]) => `; ${count} ${count === 1 ? 'pod waits' : 'pods wait'}: ${reason}`)
    .join('');
}

/** Returns why a rollout does not proceed. */
export function describeStall(world: World, deadlineExceeded: boolean): string {
  const { paused, progressDeadlineSeconds } = world.spec;
  const waiting = describeWaiting(world);
  if (deadlineExceeded)
    return `no progress for ${progressDeadlineSeconds} s (progressDeadlineSeconds)${waiting}`;
  return paused
    ? 'the Deployment is paused (spec.paused): no pod is replaced until it is resumed'
    : `nothing more happens by itself${waiting}`;
}

/**
 * Returns whether a workload has everything that its spec asks for.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/controller/deployment/util/deployment_util.go `DeploymentComplete`
 */
export function isSettled(world: World, controller: WorkloadController | undefined): boolean {
  const { spec, sets, ledger, pods } = world;
  const { replicas, kind, template } = spec;
  const { old: before, new: after } = ledger.counts;
  if (ledger.terminating > 0 || before.total + after.total !== replicas) return false;
  if (before.ready + after.ready !== replicas) return false;
  if (controller?.settled !== undefined)
    return controller.settled && before.available + after.available === replicas;
  if (kind === 'Pod') {
    const revision = world.getRevision(template);
    return [...pods].every((pod) => pod.revision === revision);
  }
  const isCurrent = (set: ReplicaSetObject): boolean =>
    kind === 'ReplicaSet' || set.template.key === template.key;
  return sets.some(isCurrent) && sets.every((set) => isComplete(set, isCurrent(set) ? replicas : 0));
}

function isComplete({ stored }: ReplicaSetObject, replicas: number): boolean {
  const { status, generation } = stored;
  const met = stored.replicas === replicas && status.replicas === replicas && status.available === replicas;
  return met && (status.observed === generation || generation === 1);
}
