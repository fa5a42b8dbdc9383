import { isPod, type Controller, type PodSpec, type WorkloadObject } from './api-objects.ts';
import type { Pods } from './pods.ts';

/**
 * Returns whether the controllers have done everything that the spec asks for.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/controller/deployment/util/deployment_util.go `DeploymentComplete`
 */
function complete({ kind, metadata, spec, status = {} }: Controller): boolean {
  const { replicas: wanted = 1 } = spec;
  const { observedGeneration = 0, replicas = 0, availableReplicas = 0 } = status;
  const { updatedReplicas = kind === 'Deployment' ? 0 : replicas } = status;
  return (
    observedGeneration >= (metadata.generation ?? 0) &&
    updatedReplicas === wanted &&
    replicas === wanted &&
    availableReplicas === wanted
  );
}

const sameImages = (a: PodSpec, b: PodSpec): boolean =>
  a.containers.every(({ image }, index) => image === b.containers[index]?.image);

/** Returns whether a rollout has finished: the spec is met, and no pod is terminating. */
export function isSettled(workload: WorkloadObject, pods: Pods): boolean {
  if (pods.count('terminating') > 0) return false;
  const ready = pods.count('ready');
  if (!isPod(workload)) return complete(workload) && ready === (workload.spec.replicas ?? 1);
  return ready === 1 && [...pods.live].every(({ pod }) => sameImages(pod.spec, workload.spec));
}

/** Returns why a rollout cannot proceed by itself; undefined if it can. */
export function stallReason({ status }: WorkloadObject): string | undefined {
  const progressing = status?.conditions?.find(({ type }) => type === 'Progressing');
  return progressing?.status === 'False' && progressing.reason === 'ProgressDeadlineExceeded'
    ? (progressing.message ?? progressing.reason)
    : undefined;
}
