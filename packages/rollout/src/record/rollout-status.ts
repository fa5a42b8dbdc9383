import { isPod, replicasOf, type Controller, type PodSpec, type WorkloadObject } from './api-objects.ts';
import type { Pods } from './pods.ts';

/**
 * Returns whether a StatefulSet or DaemonSet has everything that its spec asks for.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/staging/src/k8s.io/kubectl/pkg/polymorphichelpers/rollout_status.go
 */
function isUpdated({ kind, spec, status = {} }: Controller, wanted: number): boolean {
  const { type, rollingUpdate } = spec.updateStrategy ?? {};
  const daemons = kind === 'DaemonSet';
  const updated = (daemons ? status.updatedNumberScheduled : status.updatedReplicas) ?? 0;
  const available = (daemons ? status.numberAvailable : status.availableReplicas) ?? 0;
  const toUpdate = type === 'OnDelete' ? 0 : wanted - (rollingUpdate?.partition ?? 0);
  return updated >= toUpdate && available === wanted;
}

/**
 * Returns whether the controllers have done everything that the spec asks for.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/controller/deployment/util/deployment_util.go `DeploymentComplete`
 */
function complete(workload: Controller): boolean {
  const { kind, metadata, status = {} } = workload;
  const wanted = replicasOf(workload);
  if ((status.observedGeneration ?? 0) < (metadata.generation ?? 0)) return false;
  if (kind === 'StatefulSet' || kind === 'DaemonSet') return isUpdated(workload, wanted);
  const { replicas = 0, availableReplicas = 0 } = status;
  const { updatedReplicas = kind === 'Deployment' ? 0 : replicas } = status;
  return updatedReplicas === wanted && replicas === wanted && availableReplicas === wanted;
}

const sameImages = (a: PodSpec, b: PodSpec): boolean =>
  a.containers.every(({ image }, index) => image === b.containers[index]?.image);

/** Returns whether a rollout has finished: the spec is met, and no pod is terminating. */
export function isSettled(workload: WorkloadObject, pods: Pods): boolean {
  if (pods.count('terminating') > 0) return false;
  const ready = pods.count('ready');
  if (!isPod(workload)) return complete(workload) && ready === replicasOf(workload);
  return ready === 1 && [...pods.live].every(({ pod }) => sameImages(pod.spec, workload.spec));
}

/** Returns why a rollout cannot proceed by itself; undefined if it can. */
export function stallReason({ status }: WorkloadObject): string | undefined {
  const progressing = status?.conditions?.find(({ type }) => type === 'Progressing');
  return progressing?.status === 'False' && progressing.reason === 'ProgressDeadlineExceeded'
    ? (progressing.message ?? progressing.reason)
    : undefined;
}
