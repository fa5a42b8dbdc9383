import { isPod, type Condition, type Controller, type PodSpec, type Workload } from './objects';
import type { Pods } from './pods';

const condition = ({ status }: Workload, type: string): Condition | undefined =>
  status?.conditions?.find((each) => each.type === type);

/**
 * Whether the controllers have done all that the spec asks for.
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

/** Whether nothing is left to happen: the spec is met, and every pod that was to go has gone. */
export function isSettled(workload: Workload, pods: Pods): boolean {
  const [ready, terminating] = [pods.count('ready'), pods.count('terminating')];
  if (terminating > 0) return false;
  if (!isPod(workload)) return complete(workload) && ready === (workload.spec.replicas ?? 1);
  const lives = [...pods.live];
  return ready === 1 && lives.every(({ pod }) => sameImages(pod.spec, workload.spec));
}

const sameImages = (a: PodSpec, b: PodSpec): boolean =>
  a.containers.every(({ image }, index) => image === b.containers[index]?.image);

/** Why a rollout will not go on by itself, if it has stopped. */
export function stalled(workload: Workload): string | undefined {
  const progressing = condition(workload, 'Progressing');
  return progressing?.status === 'False' && progressing.reason === 'ProgressDeadlineExceeded'
    ? (progressing.message ?? progressing.reason)
    : undefined;
}
